using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.OpenShare;

public sealed class OpenShareTests
{
    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task A_viewers_link_shows_the_map_to_somebody_without_an_account_and_nothing_to_click_through_to(string language)
    {
        await using var atlas = await Atlas.Open();
        await atlas.Recommend("sync", 40, 0);
        var link = await Link(atlas, "viewer");
        using var stranger = atlas.Host.Browser();

        var page = await stranger.Open($"{link}?lang={language}&period=4w");

        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo(language == "en" ? "Care" : "关怀"));
        Assert.That(page.QuerySelectorAll(".journey .touch-good"), Has.Length.EqualTo(1));
        Assert.That(page.QuerySelectorAll("main a:not(.filters-reset)").Select(each => each.GetAttribute("href")), Is.Empty);
        Assert.That(page.QuerySelectorAll("main form[method=post]"), Is.Empty);
        Assert.That(page.Body!.TextContent, Does.Not.Contain("Person 1"));
        Assert.That(atlas.Host.Store.Read(reader => reader.Single<int>("SELECT opened FROM journeys_shares")), Is.EqualTo(1));
    }

    [Test]
    public async Task It_shows_the_scores_of_the_part_of_the_company_that_its_maker_sees()
    {
        await using var atlas = await Atlas.Open();
        await atlas.Recommend("sync", 40, 0, orgUnit: "west");
        var link = await Link(atlas, "viewer", "east");
        using var stranger = atlas.Host.Browser();

        Assert.That((await stranger.Open(link + "?orgUnit=west")).QuerySelectorAll(".journey .touch-good"), Is.Empty);
    }

    [Test]
    public async Task What_a_handful_of_people_answered_is_not_told()
    {
        await using var atlas = await Atlas.Open();
        await atlas.Recommend("sync", 0, 1);
        await atlas.Rate(0, 1);
        var link = await Link(atlas, "viewer");
        using var stranger = atlas.Host.Browser();

        var page = await stranger.Open(link);

        Assert.That(page.QuerySelectorAll(".journey .touch-figure, .journey strong.badge-figure"), Is.Empty);
        Assert.That(page.QuerySelectorAll(".journey .touch-few"), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task An_editors_link_lets_a_colleague_edit_this_journey_for_as_long_as_it_holds()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("other")).Json();
        var link = await Link(atlas, "editor");
        using var stranger = atlas.Host.Browser();
        using var colleague = await atlas.Host.SignedIn(Roles.Agent, "east");
        Assert.That((await stranger.Open(link)).QuerySelector("main .actions a")!.GetAttribute("href"), Does.StartWith("/sign-in?back=%2Fjourneys%2Fshared%2F"));

        await colleague.Open(link);
        await colleague.Submit($"form[action='{link}/join']");
        Assert.That(colleague.Address, Is.EqualTo("/journeys/care?mode=edit&done=editor"));
        Assert.That((int)(await colleague.Post("/journeys/care/move", ("move", "stage:buy:on"))).StatusCode, Is.EqualTo(302));
        Assert.That((int)(await colleague.Post("/journeys/other/move", ("move", "stage:buy:on"))).StatusCode, Is.EqualTo(403));

        await atlas.Host.Advance(TimeSpan.FromDays(31));
        using var later = await atlas.Host.SignedIn(Roles.CxManager);
        Assert.That((int)(await stranger.Client.GetAsync(link)).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await colleague.Post("/journeys/care/move", ("move", "stage:buy:back"))).StatusCode, Is.AnyOf(302, 403));
        Assert.That((await atlas.Definition()).GetProperty("stages")[0].GetProperty("code").GetString(), Is.EqualTo("use"), "an editor edits after the link is over");
    }

    [Test]
    public async Task A_viewers_link_makes_no_editor()
    {
        await using var atlas = await Atlas.Open();
        var link = await Link(atlas, "viewer");
        using var colleague = await atlas.Host.SignedIn(Roles.Viewer);

        Assert.That((int)(await colleague.Post(link + "/join")).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task With_the_journey_its_links_are_gone_also_after_it_is_put_back()
    {
        await using var atlas = await Atlas.Open();
        var link = await Link(atlas, "viewer");
        await atlas.Api.DeleteAsync("/api/v1/journeys/care");
        using var client = atlas.Host.Anonymous();

        Assert.That((int)(await client.GetAsync(link)).StatusCode, Is.EqualTo(404));
        await (await atlas.Put("care")).Json();
        Assert.That((int)(await client.GetAsync(link)).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await client.GetAsync("/journeys/shared/nothing")).StatusCode, Is.EqualTo(404));
    }

    static async Task<string> Link(Atlas atlas, string role, string? orgUnit = null)
    {
        using var browser = await atlas.Host.SignedIn(Roles.CxManager, orgUnit);
        await browser.Open("/journeys/care/shares");
        var page = await browser.Submit("#share", new { role });
        return new Uri(page.QuerySelector("#link")!.TextContent).AbsolutePath;
    }
}
