using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.ListAlertRules;

public sealed class ListAlertRulesTests
{
    [Test]
    public async Task Rules_are_added_and_changed_on_the_settings_page()
    {
        await using var host = await CemHost.Run();
        await Desk.Start(host);
        using var browser = await host.SignedIn(Roles.CxManager);

        await browser.Open("/settings/alert-rules?edit=detractor");
        await browser.Submit("#rule form", new { atMost = "4" });
        Assert.That(browser.Page.Body!.TextContent, Does.Contain("Saved. It holds for answers from now on."));

        await browser.Submit("#rule form", new { code = "new", nameEn = "", nameZh = "新", requiredActionEn = "a", requiredActionZh = "b" });
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(browser.Page.QuerySelector("[name=nameZh]")!.GetAttribute("value"), Is.EqualTo("新"), "what was typed is kept");
    }

    [Test]
    public async Task The_list_is_there_for_programs()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);

        var rules = await (await desk.Api.GetAsync("/api/v1/alert-rules")).Json();

        Assert.That(rules[0].GetProperty("code").GetString(), Is.EqualTo("detractor"));
    }
}
