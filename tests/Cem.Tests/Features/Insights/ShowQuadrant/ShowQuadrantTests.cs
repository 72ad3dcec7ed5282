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
        Assert.That(page.QuerySelectorAll(".columns-chart table.table tbody th a"), Has.Length.EqualTo(4));
        Assert.That(page.QuerySelector(".columns-chart table.table tbody th a")!.GetAttribute("href"), Is.EqualTo("/surveys/relation/results?interested=0#sync"));
        Assert.That(page.QuerySelector("main")!.TextContent, Does.Contain("200").And.Contain("R²"));
        Assert.That(page.QuerySelector("#kinds > p")!.TextContent, language == Languages.English ? Does.StartWith("Too few people gave low and high ratings") : Does.StartWith("给出低分和高分的答卷过少"));
        Assert.That(page.QuerySelectorAll("[style],script:not([src])"), Is.Empty);
    }

    [TestCase(Languages.English, "Surely must-haves: “sync”. Surely delighters: “app”.", "Must-have", "Performance", "Delighter", "No sure effect", "ratings 1–2; n = ")]
    [TestCase(Languages.Chinese, "明确的必备因素：“题目sync”。明确的魅力因素：“题目app”。", "必备因素", "期望因素", "魅力因素", "影响不显著", "评分 1–2；n = ")]
    public async Task It_tells_must_haves_from_delighters_in_words_and_figures(string language, string answer, string basic, string performance, string excitement, string none, string ratings)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Asymmetric(400));
        await host.Settle();
        using var browser = await host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/insights/quadrant");

        Assert.That(page.QuerySelector("#kinds > p")!.TextContent, Is.EqualTo(answer));
        var rows = page.QuerySelectorAll("#kinds tbody tr").ToDictionary(row => row.QuerySelector("th a")!.GetAttribute("href")!.Split('#')[1], row => row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).ToList());
        Assert.That((rows["sync"][1], rows["price"][1], rows["app"][1], rows["food"][1]), Is.EqualTo((basic, performance, excitement, none)));
        Assert.That(rows["sync"][2], Does.StartWith("−").And.Contain(ratings));
        Assert.That(rows["sync"][3], Does.Match("^[+−]"));
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

        foreach (var link in page.QuerySelectorAll(".columns-chart table.table tbody th a").Select(each => each.GetAttribute("href")!).ToList())
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

        Assert.That(page.QuerySelectorAll(".columns-chart table.table tbody tr"), Has.Length.EqualTo(2));
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
