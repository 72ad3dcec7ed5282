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
        await browser.Submit("#answer form", new { atMost = "4" });
        Assert.That(browser.Page.Body!.TextContent, Does.Contain("Saved. It holds from now on."));

        await browser.Submit("#answer form", new { code = "new", nameEn = "", nameZh = "新", requiredActionEn = "a", requiredActionZh = "b" });
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(browser.Page.QuerySelector("[name=nameZh]")!.GetAttribute("value"), Is.EqualTo("新"), "what was typed is kept");
    }

    [Test]
    public async Task A_rule_about_accounts_in_danger_has_a_form_of_its_own()
    {
        await using var host = await CemHost.Run();
        await Desk.Start(host);
        using var browser = await host.SignedIn(Roles.CxManager);

        await browser.Open("/settings/alert-rules");
        await browser.Submit("#health form", new { code = "danger", nameEn = "In danger", nameZh = "", requiredActionEn = "a", requiredActionZh = "b" });
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(browser.Page.QuerySelector("#health [name=nameEn]")!.GetAttribute("value"), Is.EqualTo("In danger"), "what was typed is kept");
        Assert.That(browser.Page.QuerySelector("#answer [name=nameEn]")!.GetAttribute("value"), Is.Null.Or.Empty);

        await browser.Submit("#health form", new { nameZh = "危险", leastRisk = "medium" });
        Assert.That(browser.Page.QuerySelector("table.table")!.TextContent, Does.Contain("In danger").And.Contain("Account becomes hidden churn").And.Contain("any risk at the renewal"));

        await browser.Open(browser.Page.QuerySelectorAll("table.table tbody th a").Single(link => link.TextContent == "In danger").GetAttribute("href")!);
        Assert.That(browser.Page.QuerySelectorAll("#health [name=standings][checked]"), Has.Length.EqualTo(2));
        Assert.That(browser.Page.QuerySelector("#health [name=leastRisk] option[selected]")!.GetAttribute("value"), Is.EqualTo("medium"));
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
