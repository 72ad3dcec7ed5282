using AngleSharp.Dom;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.ShowResults;

public sealed class ShowResultsTests
{
    [Test]
    public async Task Each_question_shows_how_often_each_value_was_given_of_how_many()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        for (var i = 0; i < 6; i++)
            await collection.Submitted($"s{i}", new { help = i < 4 ? 5 : 3, nps = 9 });
        await collection.Submitted("na", new { help = "notApplicable", nps = 9 });
        var browser = await host.SignedIn(Roles.Viewer);

        await browser.Open("/surveys/support/results");

        var help = Section(browser, "How satisfied are you?");
        Assert.That(help.QuerySelector(".section-head span")!.TextContent, Is.EqualTo("n = 6 · 1 not applicable"));
        Assert.That(help.TextContent, Does.Contain("67%").And.Contain("33%"));
        Assert.That(browser.Page.QuerySelector(".answer")!.TextContent, Does.StartWith("7 responses."));
    }

    [Test]
    public async Task Too_few_answers_are_not_shown()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        for (var i = 0; i < 4; i++)
            await collection.Submitted($"s{i}");
        var browser = await host.SignedIn(Roles.Viewer);

        await browser.Open("/surveys/support/results");

        Assert.That(Section(browser, "How satisfied are you?").TextContent, Does.Contain("too few").And.Not.Contain("100"));
    }

    [Test]
    public async Task Answers_of_another_coding_do_not_mix()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        for (var i = 0; i < 6; i++)
            await collection.Submitted($"s{i}");
        await collection.Survey("support", """{"title": {"en": "New", "zh-CN": "新"}, "kind": "touchpoint", "pages": [{"questions": [{"id": "help", "type": "csat", "scale": 3, "text": {"en": "Now on three", "zh-CN": "三级"}}, {"id": "nps", "type": "nps", "text": {"en": "Recommend", "zh-CN": "推荐"}}]}]}""");
        var browser = await host.SignedIn(Roles.Viewer);

        await browser.Open("/surveys/support/results");

        Assert.That(Section(browser, "Now on three").TextContent, Does.Contain("n = 0"));
        Assert.That(Section(browser, "Recommend").TextContent, Does.Contain("n = 6"));
    }

    [Test]
    public async Task A_manager_sees_the_results_of_their_own_org_unit()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        for (var i = 0; i < 6; i++)
            await collection.Submitted($"s{i}");
        var browser = await host.SignedIn(Roles.Manager, "west");

        await browser.Open("/surveys/support/results");

        Assert.That(browser.Page.QuerySelector(".answer")!.TextContent, Does.StartWith("0 responses."));
    }

    static IElement Section(Browser browser, string question) =>
        browser.Page.QuerySelectorAll("section").Single(section => section.QuerySelector("h2")?.TextContent == question);
}
