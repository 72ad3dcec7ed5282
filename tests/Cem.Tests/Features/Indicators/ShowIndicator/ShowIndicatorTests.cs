using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.ShowIndicator;

public sealed class ShowIndicatorTests
{
    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task The_page_says_where_it_stands_which_way_it_goes_and_what_it_is_made_of(string language)
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "touchpoint", null, validFrom: "2025-01-01"));
        await shelf.Answers("a", 100, 100, new DateOnly(2025, 11, 20), "shanghai");
        await shelf.Answers("b", 80, 20, new DateOnly(2025, 11, 20), "shanghai");
        await shelf.Answers("a", 190, 10, orgUnit: "shanghai");
        await shelf.Answers("b", 80, 20, orgUnit: "shanghai");
        using var browser = await shelf.Host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/indicators/help");

        var chinese = language == "zh-CN";
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo(chinese ? "“服务”得分 87.5（满分 100）：显著上升 22.5。" : "Help stands at 87.5 of 100: significantly up by 22.5."));
        Assert.That(page.QuerySelectorAll("#trend tbody tr"), Has.Length.EqualTo(14));
        Assert.That(page.QuerySelectorAll("#leaves tbody th a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { "/indicators/a", "/indicators/b" }));
        Assert.That(page.QuerySelector("#leaves tbody td a")!.GetAttribute("href"), Does.StartWith("/responses?period=2025-12-11..2026-03-11&survey=s1"));
        Assert.That(page.QuerySelector("#by tbody th")!.TextContent, Is.EqualTo("shanghai"));
        Assert.That(page.QuerySelector("#trend svg"), Is.Not.Null);
        Assert.That(page.QuerySelector("a[href='/indicators/help/edit']"), Is.Null);
    }

    [Test]
    public async Task A_leaf_without_data_says_so_and_nobody_sees_more_than_their_part()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await shelf.Answers("a", 10, 90, orgUnit: "west");
        using var east = await shelf.Host.SignedIn(Roles.Manager, "east");

        Assert.That((await east.Open("/indicators/c?by=role&period=52w")).QuerySelector(".answer")!.TextContent, Does.Contain("Too little is measured"));
        Assert.That((await east.Open("/indicators/a")).QuerySelector(".answer")!.TextContent, Does.Contain("Too little is measured"));
        Assert.That((await east.Open("/indicators/a?orgUnit=west")).QuerySelector(".answer"), Is.Null);
        Assert.That((await east.Open("/indicators/moon")).QuerySelector(".answer"), Is.Null);
    }

    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task A_part_of_the_answers_and_the_last_four_weeks_are_chosen_in_the_bar_and_kept_by_every_link(string language)
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "touchpoint", null, validFrom: "2025-01-01"));
        await shelf.Answers("a", 40, 0, orgUnit: "shanghai", channel: "app", product: "travel");
        await shelf.Answers("a", 0, 40, orgUnit: "shanghai", channel: "mail", product: "travel");
        await shelf.Answers("a", 0, 40, new DateOnly(2026, 2, 1), "shanghai", "app", "travel");
        using var browser = await shelf.Host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/indicators/a?period=4w&channel=app&product=travel&by=branch");

        var chinese = language == "zh-CN";
        Assert.That(page.QuerySelector(".score-large .score-value")!.TextContent.Trim(), Does.StartWith("100"));
        Assert.That(page.QuerySelectorAll(".filters select").Select(select => $"{select.GetAttribute("name")}={select.QuerySelector("option[selected]")?.TextContent}").Where(chosen => !chosen.EndsWith('=')), Is.EqualTo(chinese
            ? new[] { "period=最近 4 周", "orgUnit=全公司", "by=分支机构", "touchpoint=全部", "survey=全部", "role=全部", "segment=全部", "product=travel", "channel=应用", "region=全部" }
            : ["period=Last 4 weeks", "orgUnit=Whole company", "by=Branch", "touchpoint=All", "survey=All", "role=All", "segment=All", "product=travel", "channel=App", "region=All"]));
        Assert.That(page.QuerySelector("#by tbody th a")!.GetAttribute("href"), Is.EqualTo("/indicators/a?period=4w&orgUnit=shanghai&product=travel&channel=app"));
        Assert.That(page.QuerySelector("#leaves tbody td a")!.GetAttribute("href"), Is.EqualTo("/responses?period=2026-02-12..2026-03-11&survey=s1&product=travel&channel=app&measure=csat&interested=0"));
        Assert.That(page.QuerySelectorAll("#trend tbody tr"), Has.Length.EqualTo(5));
        page = await browser.Open("/indicators/a?by=channel");
        Assert.That(page.QuerySelectorAll("#by tbody th").Select(cell => cell.TextContent), Is.EqualTo(chinese ? new[] { "应用", "邮件" } : ["App", "E-mail"]));
        Assert.That(page.QuerySelectorAll("#by tbody th a").Select(link => link.GetAttribute("href")), Has.All.Contains("&channel="));
    }

    [TestCase("en", "Left out here, for their sources do not say this of their rows: Sync.")]
    [TestCase("zh-CN", "以下指标的数据源未标明该维度，此处不计入：同步。")]
    public async Task What_cannot_be_told_apart_is_named_under_the_table(string language, string note)
    {
        await using var shelf = await Shelf.Open();
        await (await shelf.Api.PutAsync("/api/v1/operational-data/plain", new StringContent("""
            {"name": {"en": "Plain", "zh-CN": "普通"}, "kind": "metric", "key": ["account", "week"], "fields": [
              {"column": "account", "type": "text", "maps": "account"}, {"column": "week", "type": "date", "maps": "period", "period": "week"}, {"column": "seats", "type": "integer", "metric": "seats"}]}
            """, null, "application/json"))).Json();
        await (await shelf.Put("""
            {"indicators": [{"code": "root", "name": {"en": "Root", "zh-CN": "根"}, "level": 1},
              {"code": "a", "name": {"en": "Speed", "zh-CN": "速度"}, "level": 2, "parent": "root", "weight": 2, "measure": {"type": "csatTopBox", "survey": "s1", "question": "a"}},
              {"code": "c", "name": {"en": "Sync", "zh-CN": "同步"}, "level": 2, "parent": "root", "kind": "o", "best": 9, "worst": 0, "measure": {"type": "sum", "source": "plain", "metric": "seats"}}]}
            """)).Json();
        await shelf.Answers("a", 30, 10, product: "travel");
        using var browser = await shelf.Host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/indicators/root?by=product");
        var tree = await browser.Open("/indicators?product=travel");

        Assert.That(page.QuerySelector("#by")!.TextContent, Does.Contain(note));
        Assert.That(page.QuerySelector("#by tbody td:nth-child(4)")!.TextContent, Is.EqualTo("67%"));
        Assert.That(tree.QuerySelector("#gaps tbody tr")!.TextContent, Does.Contain(language == "en" ? "not told apart by this filter" : "无法按该条件区分"));
        Assert.That(tree.QuerySelector("#tree tbody a")!.GetAttribute("href"), Is.EqualTo("/indicators/root?product=travel"));
    }
}
