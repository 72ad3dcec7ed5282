using Cem.Kernel.Security;
using Cem.Tests.Features.Indicators;
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
        await browser.Submit("#put form", new { atMost = "4" });
        Assert.That(browser.Page.Body!.TextContent, Does.Contain("Saved. It holds from now on."));

        await browser.Submit("#put form", new { code = "new", nameEn = "", nameZh = "新", requiredActionEn = "a", requiredActionZh = "b" });
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(browser.Page.QuerySelector("[name=nameZh]")!.GetAttribute("value"), Is.EqualTo("新"), "what was typed is kept");
    }

    [Test]
    public async Task A_rule_about_accounts_in_danger_has_a_form_of_its_own()
    {
        await using var host = await CemHost.Run();
        await Desk.Start(host);
        using var browser = await host.SignedIn(Roles.CxManager);

        await browser.Open("/settings/alert-rules?kind=health");
        await browser.Submit("#put form", new { code = "danger", nameEn = "In danger", nameZh = "", requiredActionEn = "a", requiredActionZh = "b" });
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(browser.Page.QuerySelector("#put [name=nameEn]")!.GetAttribute("value"), Is.EqualTo("In danger"), "what was typed is kept");
        Assert.That(browser.Page.QuerySelector("#put .tabs [aria-current]")!.TextContent, Is.EqualTo("About accounts in danger"));

        await browser.Submit("#put form", new { nameZh = "危险", leastRisk = "medium" });
        Assert.That(browser.Page.QuerySelector("table.table")!.TextContent, Does.Contain("In danger").And.Contain("Account becomes hidden churn").And.Contain("any risk at the renewal"));

        await browser.Open(browser.Page.QuerySelectorAll("table.table tbody th a").Single(link => link.TextContent == "In danger").GetAttribute("href")!);
        Assert.That(browser.Page.QuerySelectorAll("#put [name=standings][checked]"), Has.Length.EqualTo(2));
        Assert.That(browser.Page.QuerySelector("#put [name=leastRisk] option[selected]")!.GetAttribute("value"), Is.EqualTo("medium"));
    }

    [Test]
    public async Task What_becomes_of_indicators_past_their_threshold_is_set_there_too_for_all_or_for_some()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        using var browser = await shelf.Host.SignedIn(Roles.CxManager);

        var page = await browser.Open("/settings/alert-rules");
        Assert.That(page.QuerySelectorAll("table.table tbody tr")[1].TextContent, Does.Contain("Indicator past its threshold").And.Contain("45").And.Contain("Every indicator with a threshold"));
        Assert.That(page.QuerySelector(".empty")!.TextContent, Does.Contain("No answer raises an alert yet"));
        await browser.Open("/settings/alert-rules?edit=indicator-threshold");
        await browser.Submit("#put form", new { priority = "low", promisedHours = "9", requiredActionZh = "查明原因。" });
        await browser.Open("/settings/alert-rules?kind=indicator");
        await browser.Submit("#put form", new { code = "help", nameEn = "Help is poor", nameZh = "服务不佳", requiredActionEn = "Ring.", requiredActionZh = "致电。", indicators = "help" });

        var rules = await shelf.Read("/api/v1/alert-rules");
        Assert.That(rules.EnumerateArray().Select(rule => (rule.GetProperty("code").GetString(), rule.GetProperty("promisedHours").GetInt32(), rule.GetProperty("indicators").ToString())),
            Is.EqualTo(new[] { ("account-at-risk", 40, ""), ("help", 45, """["help"]"""), ("indicator-threshold", 9, "") }));
        Assert.That(browser.Page.QuerySelectorAll("table.table tbody tr")[1].TextContent, Does.Contain("Help is poor"));
        await shelf.Host.Settle();
        var audit = shelf.Host.Store.Read(reader => reader.Query<string>("SELECT action || ' ' || subject FROM access_audit WHERE action LIKE 'alert-rule.%' ORDER BY id"));
        Assert.That(audit, Is.EqualTo(new[] { "alert-rule.changed indicator-threshold", "alert-rule.created help" }));
    }

    [Test]
    public async Task An_indicator_that_a_rule_names_stays_chosen_when_it_has_no_threshold_any_more()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await (await shelf.Api.PutAsync("/api/v1/alert-rules/fit", new StringContent("""
            {"kind": "indicator", "indicators": ["fit"], "name": {"en": "A", "zh-CN": "甲"}, "priority": "low", "requiredAction": {"en": "B", "zh-CN": "乙"}, "promisedHours": 8}
            """, null, "application/json"))).Json();
        using var browser = await shelf.Host.SignedIn(Roles.CxManager);

        var page = await browser.Open("/settings/alert-rules?edit=fit");

        Assert.That(page.QuerySelectorAll("[name=indicators]").Select(box => (box.GetAttribute("value"), box.HasAttribute("checked"))), Is.EqualTo(new[] { ("root", false), ("help", false), ("fit", true) }));
    }

    [Test]
    public async Task The_list_is_there_for_programs()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);

        var rules = await (await desk.Api.GetAsync("/api/v1/alert-rules")).Json();

        Assert.That(rules.EnumerateArray().Select(rule => rule.GetProperty("code").GetString()), Is.EqualTo(new[] { "account-at-risk", "detractor", "indicator-threshold" }));
    }
}
