using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ShowNps;

public sealed class ShowNpsTests
{
    [Test]
    public async Task The_table_divides_the_score_tells_change_from_chance_and_leads_to_the_answers()
    {
        await using var host = await CemHost.Run();
        await Plant(host);
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/insights/nps?by=role");

        var rows = page.QuerySelector("table.table")!.QuerySelectorAll("tbody tr").ToDictionary(row => row.QuerySelector("th")!.TextContent, row => row);
        Assert.That(rows, Has.Count.EqualTo(3));
        Assert.That(rows["User"].QuerySelector(".bad")!.TextContent, Is.EqualTo("▼ −60.0"));
        Assert.That(rows["Purchaser"].TextContent, Does.Contain("not significant"));
        Assert.That(rows["Influencer"].ClassName, Is.EqualTo("row-few"));
        Assert.That(page.QuerySelector("table.table")!.QuerySelectorAll("tbody tr")[^1].QuerySelector("th")!.TextContent, Is.EqualTo("Influencer"), "who has too few stands last");
        Assert.That(rows["User"].QuerySelectorAll("a").Select(link => link.GetAttribute("href")),
            Has.Some.EqualTo("/insights/nps?role=user").And.Some.EqualTo("/responses?measure=nps&interested=0&role=user").And.Some.EqualTo("/responses?measure=nps&interested=0&role=user&band=detractors"));
    }

    [Test]
    public async Task A_filter_narrows_everything_and_is_carried_along()
    {
        await using var host = await CemHost.Run();
        await Plant(host);
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/insights/nps?role=user&period=26w");

        Assert.That(page.QuerySelector(".score-large .score-n")!.TextContent, Is.EqualTo("n = 200"));
        Assert.That(page.QuerySelectorAll("nav a[href^='/insights/nps?']").Select(link => link.GetAttribute("href")).Where(href => href!.Contains("by=", StringComparison.Ordinal)),
            Is.Not.Empty.And.All.Contain("role=user").And.All.Contain("period=26w"));
    }

    static async Task Plant(CemHost host)
    {
        var earlier = new DateOnly(2025, 10, 15);
        await host.Add(
        [
            .. ScoredAnswers.Of(40, 20, 40, answer => answer with { Role = "user" }), .. ScoredAnswers.Of(70, 20, 10, answer => answer with { Role = "user", Day = earlier }),
            .. ScoredAnswers.Of(10, 5, 5, answer => answer with { Role = "purchaser" }), .. ScoredAnswers.Of(11, 4, 5, answer => answer with { Role = "purchaser", Day = earlier }),
            .. ScoredAnswers.Of(1, 1, 0, answer => answer with { Role = "influencer" }),
        ]);
        await host.Settle();
    }
}
