using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.RestoreJourney;

public sealed class RestoreJourneyTests
{
    [Test]
    public async Task A_version_put_back_is_a_new_version_of_the_same_content()
    {
        await using var atlas = await Atlas.Open();
        var before = (await atlas.Definition()).GetRawText();
        await (await atlas.Put("care", Atlas.With(journey => journey["name"]!["en"] = "Caring"))).Json();

        var restored = await (await atlas.Api.PostAsync("/api/v1/journeys/care/versions/1:restore", Atlas.Body("{}"))).Json();

        Assert.That(restored.GetProperty("revision").GetInt64(), Is.EqualTo(3));
        Assert.That((await atlas.Definition()).GetRawText(), Is.EqualTo(before));
        Assert.That((await atlas.Read("/api/v1/journeys/care/versions")).GetProperty("items")[0].GetProperty("restoredFrom").GetInt64(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_names_something_that_is_gone_is_refused_with_its_name()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care", Atlas.With(journey => journey["stages"]![1]!["scenes"]![0]!["touchpoints"]!.AsArray().RemoveAt(0)))).Json();
        Assert.That((int)(await atlas.Api.DeleteAsync("/api/v1/touchpoints/sync")).StatusCode, Is.EqualTo(204));

        await (await atlas.Api.PostAsync("/api/v1/journeys/care/versions/1:restore", Atlas.Body("{}"))).IsProblem(422, "touchpoint-not-found", "/stages/1/scenes/0/touchpoints/0");
    }

    [Test]
    public async Task Undoing_again_and_again_goes_back_change_by_change()
    {
        await using var atlas = await Atlas.Open();
        foreach (var name in new[] { "Two", "Three" })
            await (await atlas.Put("care", Atlas.With(journey => journey["name"]!["en"] = name))).Json();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);
        var names = new List<string>();

        await browser.Open("/journeys/care?mode=edit");
        while (browser.Page.QuerySelector("form[action='/journeys/care/restore']") is not null)
        {
            await browser.Submit("form[action='/journeys/care/restore']");
            names.Add(browser.Page.QuerySelector("h1")!.TextContent);
        }

        Assert.That(names, Is.EqualTo(new[] { "Two", "Care" }));
    }

    [TestCase(Roles.Viewer)]
    [TestCase(Roles.Manager)]
    public async Task Those_who_may_not_edit_may_not_put_back(Roles role)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(role);

        Assert.That((int)(await browser.Post("/journeys/care/restore", ("revision", "1"))).StatusCode, Is.EqualTo(403));
        Assert.That((int)(await browser.Post("/journeys/nothing/restore", ("revision", "1"))).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await browser.Post("/journeys/care/restore", ("revision", "x"))).StatusCode, Is.EqualTo(400));
    }
}
