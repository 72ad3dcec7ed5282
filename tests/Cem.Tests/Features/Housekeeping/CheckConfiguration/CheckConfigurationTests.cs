using Cem.Kernel.Web;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.CheckConfiguration;

public sealed class CheckConfigurationTests
{
    [Test]
    public async Task The_settings_in_force_are_printed()
    {
        await using var host = await CemHost.Run();

        var (code, output, _) = await host.RunVerb("config check");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("Asia/Shanghai").And.Contain("Mon,Tue,Wed,Thu,Fri 09:00-18:00"));
    }

    [Test]
    public void Every_wrong_setting_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("cem-settings-");
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), """{"Mail": {"Port": "x", "Hots": "a"}, "Company": {"TimeZone": "Mars"}}""");

        Assert.That(() => Settings.Read(folder.FullName, null), Throws.TypeOf<SettingsException>().With.Message
            .Contains("Mail:Port").And.Message.Contains("Mail:Hots").And.Message.Contains("Company:TimeZone"));
        folder.Delete(recursive: true);
    }
}
