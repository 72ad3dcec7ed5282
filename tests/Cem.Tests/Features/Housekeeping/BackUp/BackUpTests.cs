using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.BackUp;

public sealed class BackUpTests
{
    [Test]
    public async Task A_back_up_is_a_sound_database_and_never_overwrites()
    {
        await using var host = await CemHost.Run();
        var file = Path.Combine(host.DataFolder, "copy.db");

        var first = await host.RunVerb("backup", file);
        var second = await host.RunVerb("backup", file);

        Assert.That((first.Code, second.Code), Is.EqualTo((0, 1)));
        Assert.That(second.Error, Does.Contain("is there already"));
        Assert.That(new FileInfo(file).Length, Is.GreaterThan(10_000));
    }
}
