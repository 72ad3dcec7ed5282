using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.ListVersions;

public sealed class ListVersionsTests
{
    [Test]
    public async Task Every_change_is_told_in_words_with_who_and_when()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care", Atlas.With(journey =>
        {
            var stages = journey["stages"]!.AsArray();
            stages[0]!["name"]!["en"] = "Choose";
            stages[0]!["scenes"]!.AsArray().RemoveAt(1);
            var change = stages[1]!["scenes"]![0]!;
            change["emotion"] = -1;
            change["touchpoints"]!.AsArray().RemoveAt(0);
            stages[1]!["blueprint"]!["backStage"]!.AsArray().RemoveAt(0);
        }))).Json();

        var newest = (await atlas.Read("/api/v1/journeys/care/versions?limit=1")).GetProperty("items")[0];

        Assert.That((newest.GetProperty("version").GetInt64(), newest.GetProperty("by").GetString()), Is.EqualTo((2, "test")));
        Assert.That(newest.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("en").GetString()), Is.EqualTo(new[]
        {
            "Stage 'Buy': name changed", "Scene 'Sign' removed", "Scene 'Change': emotion, touchpoints changed", "Blueprint step 'Free orders' removed",
        }));
        Assert.That(newest.GetProperty("changes")[2].GetProperty("zh-CN").GetString(), Is.EqualTo("场景“变更”：修改情绪、触点"));
        Assert.That((await atlas.Read("/api/v1/journeys/care/versions/1")).GetProperty("definition").GetProperty("stages")[0].GetProperty("name").GetProperty("en").GetString(), Is.EqualTo("Buy"));
        await (await atlas.Api.GetAsync("/api/v1/journeys/care/versions/9")).IsProblem(404, "version-not-found");
    }

    [Test]
    public async Task The_page_lists_them_and_only_those_who_may_can_put_one_back()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care", Atlas.With(journey => journey["name"]!["en"] = "Caring"))).Json();
        using var manager = await atlas.Host.SignedIn(Roles.CxManager);
        using var viewer = await atlas.Host.SignedIn(Roles.Viewer);

        Assert.That((await viewer.Open("/journeys/care/history")).QuerySelectorAll("#versions form"), Is.Empty);
        var page = await manager.Open("/journeys/care/history");
        Assert.That(page.QuerySelectorAll("#versions tbody tr"), Has.Length.EqualTo(2));
        Assert.That(page.QuerySelector("#versions tbody td.wide")!.TextContent, Does.Contain("Renamed from 'Care' to 'Caring'"));
        page = await manager.Submit("#versions form");
        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("Care"));
    }
}
