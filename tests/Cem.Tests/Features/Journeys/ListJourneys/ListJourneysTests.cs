using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.ListJourneys;

public sealed class ListJourneysTests
{
    [Test]
    public async Task Journeys_come_by_code_page_by_page()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care-app", Atlas.Variant("app"))).Json();

        var first = await atlas.Read("/api/v1/journeys?limit=1");
        var second = await atlas.Read("/api/v1/journeys?limit=1&cursor=" + first.GetProperty("next").GetString());

        var item = second.GetProperty("items")[0];
        Assert.That((item.GetProperty("code").GetString(), item.GetProperty("variantOf").GetString(), item.GetProperty("channel").GetString(), item.GetProperty("stages").GetInt32(), item.GetProperty("touchpoints").GetInt32()),
            Is.EqualTo(("care-app", "care", "app", 2, 2)));
        Assert.That(second.GetProperty("next").GetString(), Is.Null);
    }

    [Test]
    public async Task The_page_sets_variants_under_their_journey_and_offers_what_was_removed_to_those_who_may_put_it_back()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care-app", Atlas.Variant("app"))).Json();
        await (await atlas.Put("old")).Json();
        await atlas.Api.DeleteAsync("/api/v1/journeys/old");
        using var manager = await atlas.Host.SignedIn(Roles.CxManager);
        using var viewer = await atlas.Host.SignedIn(Roles.Viewer, "east");

        var page = await manager.Open("/journeys");
        Assert.That(page.QuerySelectorAll("table:first-of-type tbody th a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { "/journeys/care", "/journeys/care-app" }));
        page = await manager.Submit("form[action='/journeys/old/restore']");
        Assert.That(manager.Address, Is.EqualTo("/journeys/old?done=restored"));
        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("Care"));

        page = await viewer.Open("/journeys");
        Assert.That(page.QuerySelector("a[href='/journeys/new']"), Is.Null);
        Assert.That(page.QuerySelector("nav a[href='/journeys']"), Is.Not.Null);
    }

    [TestCase("en", "No journey yet")]
    [TestCase("zh-CN", "还没有旅程")]
    public async Task Without_any_the_page_says_what_to_do(string language, string said)
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.CxManager, language: language);

        var page = await browser.Open("/journeys");

        Assert.That(page.QuerySelector(".empty h2")!.TextContent, Is.EqualTo(said));
        Assert.That(page.QuerySelectorAll(".empty a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { "/journeys/new", "/journeys/import" }));
    }
}
