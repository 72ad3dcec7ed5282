using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ShowQuadrant;

public sealed class ShowQuadrantTests
{
    [TestCase(Languages.English, "Improve first: “sync”.", "Improve first")]
    [TestCase(Languages.Chinese, "优先改进：“题目sync”。", "优先改进")]
    public async Task The_page_says_what_to_improve_first_and_draws_every_factor_as_a_link(string language, string answer, string corner)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(200));
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/insights/quadrant");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo(answer));
        Assert.That(page.QuerySelectorAll(".chart-quadrant text.corner").Select(text => text.TextContent), Does.Contain(corner));
        Assert.That(page.QuerySelectorAll(".chart-quadrant a"), Has.Length.EqualTo(4));
        Assert.That(page.QuerySelectorAll(".chart-quadrant .whisker"), Has.Length.EqualTo(8));
        Assert.That(page.QuerySelectorAll("table.table tbody th a"), Has.Length.EqualTo(4));
        Assert.That(page.QuerySelector("table.table tbody th a")!.GetAttribute("href"), Is.EqualTo("/surveys/relation/results?interested=0#sync"));
        Assert.That(page.QuerySelector("main")!.TextContent, Does.Contain("200").And.Contain("R²"));
        Assert.That(page.QuerySelectorAll("[style],script:not([src])"), Is.Empty);
    }

    [Test]
    public async Task A_row_leads_to_the_answers_of_its_question()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(40));
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer);
        var page = await browser.Open("/insights/quadrant?period=26w");

        foreach (var link in page.QuerySelectorAll("table.table tbody th a").Select(each => each.GetAttribute("href")!).ToList())
        {
            Assert.That(link, Does.Contain("period=26w"));
            Assert.That((await browser.Open(link)).GetElementById(link[(link.IndexOf('#') + 1)..]), Is.Not.Null, link);
        }
    }

    [Test]
    public async Task Outcome_and_factors_are_chosen_on_the_page()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(200));
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/insights/quadrant?outcome=price&factors=sync&factors=app&survey=relation");

        Assert.That(page.QuerySelectorAll("table.table tbody tr"), Has.Length.EqualTo(2));
        Assert.That(page.QuerySelectorAll("input[type=checkbox][name=factors][checked]").Select(box => box.GetAttribute("value")), Is.EquivalentTo(new[] { "sync", "app" }));
        Assert.That(page.QuerySelectorAll("input[type=checkbox][name=factors]").Select(box => box.GetAttribute("value")), Is.EquivalentTo(new[] { "nps", "sync", "app", "food" }));
        Assert.That(page.QuerySelector("select[name=outcome] option[selected]")!.GetAttribute("value"), Is.EqualTo("price"));
        Assert.That(page.QuerySelector("form.filters input[name=factors]")!.GetAttribute("value"), Is.EqualTo("sync,app"));
        Assert.That(page.QuerySelector("main")!.TextContent, Does.Contain("Fewer than four factors"));
    }

    [Test]
    public async Task Too_few_answers_are_said_so_with_a_way_to_more()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(50), at: CemHost.Start.AddDays(-200));
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/insights/quadrant");
        Assert.That(page.QuerySelector(".empty")!.TextContent, Does.Contain("Nobody answered this survey in these days."));

        var longer = await browser.Open(page.QuerySelector(".empty a")!.GetAttribute("href")!);
        Assert.That(longer.QuerySelector(".answer")!.TextContent, Does.StartWith("Improve first"));
    }

    [Test]
    public async Task An_empty_server_says_what_to_do_next()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/insights/quadrant?outcome=gone&factors=gone");

        Assert.That(page.QuerySelector(".empty a")!.GetAttribute("href"), Is.EqualTo("/surveys"));
    }
}
