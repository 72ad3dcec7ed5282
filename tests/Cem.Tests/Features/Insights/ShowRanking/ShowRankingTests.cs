using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Features.Responses;
using Cem.Tests.Testing;
using static Cem.Tests.Features.Insights.RankBranches.RankBranchesTests;

namespace Cem.Tests.Features.Insights.ShowRanking;

public sealed class ShowRankingTests
{
    [TestCase(Languages.English, "Branch best, Branch near in front: 4 ranked fall into 2 groups that can be told apart.")]
    [TestCase(Languages.Chinese, "Branch best、Branch near领先：参与排名的 4 个可分为 2 组，组间差异显著。")]
    public async Task The_page_says_who_leads_and_brackets_what_chance_may_have_ordered(string language, string answer)
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "best", "near", "far", "last", "few");
        await host.Add([.. Rated(units["best"], 95, 100), .. Rated(units["near"], 92, 100), .. Rated(units["far"], 50, 100), .. Rated(units["last"], 47, 100), .. Rated(units["few"], 2, 2)]);
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/insights/ranking");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo(answer));
        Assert.That(page.QuerySelectorAll(".chart-ranking tbody:first-of-type tr").Select(row => row.ClassName), Is.EqualTo(new[] { "tie-first", "tie-last", "tie-first", "tie-last" }));
        Assert.That(page.QuerySelector(".chart-ranking tbody.too-few th.name")!.TextContent, Is.EqualTo("Branch few"));
        Assert.That(page.QuerySelectorAll(".chart-ranking tbody:first-of-type tr:first-of-type td.num").Select(cell => cell.TextContent), Has.Some.EqualTo("88.8%").And.Some.EqualTo("95.0%").And.Some.EqualTo("100"));
        Assert.That(page.QuerySelectorAll("[style],script:not([src])"), Is.Empty);
    }

    [Test]
    public async Task Nothing_told_apart_is_said_so()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "a", "b");
        await host.Add([.. Rated(units["a"], 6, 10), .. Rated(units["b"], 5, 10)]);
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/insights/ranking");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.StartWith("No order can be told"));
    }

    [TestCase("/insights/ranking?by=role")]
    [TestCase("/insights/ranking?by=touchpoint&measure=nps")]
    public async Task A_figure_leads_to_as_many_answers_as_were_counted(string path)
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        for (var i = 0; i < 7; i++)
            await collection.Submitted($"s{i}", new { help = i < 4 ? 5 : 2, nps = 8 + i % 3 }, i % 3 == 0 ? [("account", "a2"), ("contact", "c2"), ("touchpoint", "booking")] : []);
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer);

        var rows = (await browser.Open(path)).QuerySelectorAll(".chart-ranking tbody tr:not(.line-row)").Select(row => (Link: row.QuerySelector(".figure-cell a"), N: row.QuerySelector("td:last-of-type")!.TextContent)).ToList();

        Assert.That(rows, Has.Count.EqualTo(2));
        foreach (var (link, n) in rows)
            Assert.That((await browser.Open(link!.GetAttribute("href")!)).QuerySelectorAll("table.table tbody tr").Length.ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(n), link!.GetAttribute("href"));
    }

    [Test]
    public async Task A_manager_of_a_branch_without_teams_is_told_that_there_is_nothing_to_compare()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "a", "b");
        await host.Add([.. Rated(units["a"], 6, 10), .. Rated(units["b"], 5, 10)]);
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Manager, "a");

        var page = await browser.Open("/insights/ranking");

        Assert.That(page.QuerySelector(".empty")!.TextContent, Does.Contain("Nothing to compare here"));
        Assert.That(page.Body!.TextContent, Does.Not.Contain("Branch b"));
    }

    [Test]
    public async Task An_empty_server_says_what_to_do_next()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);

        var page = await browser.Open("/insights/ranking?measure=luck&by=colour");

        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(200));
        Assert.That(page.QuerySelector(".empty a.button"), Is.Not.Null);
    }
}
