using Cem.Kernel.Web;
using Cem.Server.Features.Housekeeping.ChangeCompany;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.ChangeCompany;

public sealed class ChangeCompanyTests
{
    [Test]
    public async Task Name_and_colour_are_kept_and_stand_on_every_page()
    {
        await using var host = await CemHost.Run();

        await host.Send(new Request("Example <Travel>", "示例商旅", "#123456"));

        Assert.That(await host.Anonymous().GetStringAsync("/docs?lang=en"), Does.Contain("Example &lt;Travel&gt;").And.Contain("/theme.css?v=123456"));
        Assert.That(await host.Anonymous().GetStringAsync("/docs?lang=zh-CN"), Does.Contain("示例商旅"));
    }

    [TestCase("", "示例", "#123456", "/nameEn")]
    [TestCase("Example", "示例", "red", "/colour")]
    public async Task What_cannot_be_shown_is_refused(string nameEn, string nameZh, string colour, string pointer)
    {
        await using var host = await CemHost.Run();

        Assert.That(async () => await host.Send(new Request(nameEn, nameZh, colour)),
            Throws.TypeOf<Problem>().With.Property(nameof(Problem.Errors)).One.Property(nameof(FieldError.Pointer)).EqualTo(pointer));
    }
}
