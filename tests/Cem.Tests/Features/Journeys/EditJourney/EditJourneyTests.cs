using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.EditJourney;

public sealed class EditJourneyTests
{
    [Test]
    public async Task Stages_scenes_steps_and_touchpoints_are_added_by_their_forms()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await Fill(browser, "part=stage", new() { ["name.en"] = "Stay", ["goals.zh-CN"] = "值得" });
        Assert.That(browser.Address, Is.EqualTo("/journeys/care?mode=edit&done=saved#stage-stay"));
        await Fill(browser, "part=scene&in=stay", new() { ["name.en"] = "Renew", ["emotion"] = "-1", ["moment"] = "true" });
        await Fill(browser, "part=touchpoint&in=renew", new() { ["touchpoint"] = "renewal" });
        await Fill(browser, "part=touchpoint&in=renew", new() { ["name.en"] = "Renewal talk", ["name.zh-CN"] = "续约沟通" });
        await Fill(browser, "part=row&in=stay:support", new() { ["node.en"] = "Calendar", ["channel"] = "crm", ["indicator"] = "speed" });

        var stay = (await atlas.Definition()).GetProperty("stages")[2];
        Assert.That((stay.GetProperty("name").GetProperty("zh-CN").GetString(), stay.GetProperty("goals").GetProperty("en").GetString()), Is.EqualTo(("Stay", "值得")));
        var renew = stay.GetProperty("scenes")[0];
        Assert.That((renew.GetProperty("emotion").GetInt32(), renew.GetProperty("momentThatMatters").GetBoolean(), renew.GetProperty("touchpoints")[1].GetString()), Is.EqualTo((-1, true, "renewal-talk")));
        var row = stay.GetProperty("blueprint").GetProperty("support")[0];
        Assert.That((row.GetProperty("code").GetString(), row.GetProperty("channel").GetString(), row.GetProperty("indicator").GetString()), Is.EqualTo(("stay.calendar", "crm", "speed")));
        Assert.That((await atlas.Read("/api/v1/touchpoints")).GetProperty("items")[3].GetProperty("name").GetProperty("zh-CN").GetString(), Is.EqualTo("续约沟通"));
    }

    [Test]
    public async Task Each_part_is_changed_and_removed_by_its_form()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await Fill(browser, "part=journey", new() { ["name.en"] = "Caring", ["description.en"] = "What for" });
        await Fill(browser, "part=scene&id=change", new() { ["name.zh-CN"] = "改期", ["emotion"] = "", ["moment"] = false });
        await Fill(browser, "part=touchpoint&in=change&id=sync", new() { ["name.en"] = "OA sync" });
        await Fill(browser, "part=touchpoint&in=change&id=call", [], "remove");
        await Fill(browser, "part=row&id=free", [], "remove");
        await Fill(browser, "part=stage&id=buy", [], "remove");

        var journey = await atlas.Definition();
        Assert.That((journey.GetProperty("name").GetProperty("en").GetString(), journey.GetProperty("description").GetProperty("zh-CN").GetString()), Is.EqualTo(("Caring", "What for")));
        var scene = journey.GetProperty("stages")[0].GetProperty("scenes")[0];
        Assert.That((scene.GetProperty("name").GetProperty("zh-CN").GetString(), scene.TryGetProperty("emotion", out _), scene.GetProperty("momentThatMatters").GetBoolean(), scene.GetProperty("touchpoints").GetRawText()), Is.EqualTo(("改期", false, false, "[\"sync\"]")));
        Assert.That(journey.GetProperty("stages")[0].GetProperty("blueprint").GetProperty("backStage").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await atlas.Read("/api/v1/touchpoints")).GetProperty("items").EnumerateArray().First(each => each.GetProperty("code").GetString() == "sync").GetProperty("name").GetProperty("en").GetString(), Is.EqualTo("OA sync"));
    }

    [Test]
    public async Task The_map_comes_back_as_it_was_filtered_and_coloured()
    {
        const string Chosen = "period=4w&orgUnit=east&role=user&measure=csat";
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);
        var page = await browser.Open($"/journeys/care?mode=edit&{Chosen}");

        await browser.Open(page.QuerySelector("#stage-buy .journey-head a")!.GetAttribute("href")!);
        Assert.That(Query(browser.Page.QuerySelector("[data-panel-close]")!.GetAttribute("href")!), Is.SupersetOf(Chosen.Split('&')));
        await browser.Submit("#part", new Dictionary<string, object?> { ["name.en"] = "" , ["name.zh-CN"] = "" });
        await browser.Submit("#part", new Dictionary<string, object?> { ["name.en"] = "Choose" });
        Assert.That(Query(browser.Address), Is.EquivalentTo([.. Chosen.Split('&'), "mode=edit", "done=saved"]));
        await browser.Submit("#moves", null, ("move", "stage:buy:on"));
        Assert.That(Query(browser.Address), Is.EquivalentTo([.. Chosen.Split('&'), "mode=edit", "done=moved"]));
        await browser.Submit(".journey-editing form[action*='/restore']");
        Assert.That(Query(browser.Address), Is.EquivalentTo([.. Chosen.Split('&'), "mode=edit", "done=restored"]));
    }

    [Test]
    public async Task Two_who_change_different_parts_do_not_get_in_each_others_way()
    {
        await using var atlas = await Atlas.Open();
        using var one = await atlas.Host.SignedIn(Roles.CxManager);
        using var two = await atlas.Host.SignedIn(Roles.CxManager);
        await one.Open("/journeys/care/edit?part=stage&id=buy");
        await two.Open("/journeys/care/edit?part=scene&id=change");

        await one.Submit("#part", new Dictionary<string, object?> { ["name.en"] = "Choose" });
        await two.Submit("#part", new Dictionary<string, object?> { ["name.en"] = "Plans change" });

        Assert.That((int)two.Answer.StatusCode, Is.EqualTo(200));
        var journey = await atlas.Definition();
        Assert.That((journey.GetProperty("stages")[0].GetProperty("name").GetProperty("en").GetString(), journey.GetProperty("stages")[1].GetProperty("scenes")[0].GetProperty("name").GetProperty("en").GetString()), Is.EqualTo(("Choose", "Plans change")));
    }

    [Test]
    public async Task The_second_to_change_the_same_part_is_told_and_loses_nothing()
    {
        await using var atlas = await Atlas.Open();
        using var one = await atlas.Host.SignedIn(Roles.CxManager);
        using var two = await atlas.Host.SignedIn(Roles.CxManager);
        await one.Open("/journeys/care/edit?part=scene&id=change");
        await two.Open("/journeys/care/edit?part=scene&id=change");
        await one.Submit("#part", new Dictionary<string, object?> { ["name.en"] = "First" });

        var page = await two.Submit("#part", new Dictionary<string, object?> { ["name.en"] = "Second", ["thoughts.en"] = "Mine <b>" });

        Assert.That((int)two.Answer.StatusCode, Is.EqualTo(412));
        Assert.That(page.QuerySelector(".error-summary")!.TextContent, Does.Contain("Person 1 changed this in the meantime"));
        Assert.That(page.QuerySelectorAll(".facts dd").Select(each => each.TextContent), Is.EqualTo(new[] { "First", "Stuck again" }));
        Assert.That((page.QuerySelector("[name='name.en']")!.GetAttribute("value"), page.QuerySelector("[name='thoughts.en']")!.TextContent), Is.EqualTo(("Second", "Mine <b>")));
        await two.Submit("#part");
        Assert.That((await atlas.Definition()).GetProperty("stages")[1].GetProperty("scenes")[0].GetProperty("name").GetProperty("en").GetString(), Is.EqualTo("Second"));
    }

    [Test]
    public async Task Whoever_edits_what_somebody_removed_is_told_so()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);
        await browser.Open("/journeys/care/edit?part=scene&id=change");
        await (await atlas.Put("care", Atlas.With(journey => journey["stages"]!.AsArray().RemoveAt(1)))).Json();

        var page = await browser.Submit("#part", new Dictionary<string, object?> { ["name.en"] = "Typed" });

        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(412));
        Assert.That(page.QuerySelector(".error-summary")!.TextContent, Does.Contain("test removed this in the meantime"));
        Assert.That(page.QuerySelector("[name='name.en']")!.GetAttribute("value"), Is.EqualTo("Typed"));
    }

    [Test]
    public async Task What_is_wrong_is_said_at_its_field()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await Fill(browser, "part=scene&id=change", new() { ["name.en"] = "", ["name.zh-CN"] = "" });
        Assert.That(((int)browser.Answer.StatusCode, browser.Page.QuerySelector("#f-name-en-error") is not null), Is.EqualTo((422, true)));
        await Fill(browser, "part=touchpoint&in=change", []);
        Assert.That(browser.Page.QuerySelector("#f-touchpoint-error")!.TextContent, Does.Contain("Choose a touchpoint"));
        await Fill(browser, "part=row&id=answer", new() { ["channel"] = new string('x', 61) });
        Assert.That(browser.Page.QuerySelector("#f-channel-error")!.TextContent, Does.Contain("At most 60"));
        Assert.That((await atlas.Read("/api/v1/journeys/care")).GetProperty("revision").GetInt64(), Is.EqualTo(1));
    }

    [TestCase("stage:buy:on", "use buy", "")]
    [TestCase("stage:buy:back", "buy use", "")]
    [TestCase("stage:use:to:buy", "use buy", "")]
    [TestCase("scene:sign:back", "buy use", "sign ask | change")]
    [TestCase("scene:sign:on", "buy use", "ask | sign change")]
    [TestCase("scene:change:back", "buy use", "ask sign change | ")]
    [TestCase("scene:change:to:buy:ask", "buy use", "change ask sign | ")]
    [TestCase("scene:ask:to:use:", "buy use", "sign | change ask")]
    [TestCase("touchpoint:change:sync:on", "buy use", "ask(call) sign | change(call sync)")]
    [TestCase("touchpoint:change:sync:to:sign:", "buy use", "ask(call) sign(sync) | change(call)")]
    [TestCase("touchpoint:ask:call:to:change:sync", "buy use", "ask sign | change(call sync)")]
    public async Task Parts_move_by_button_and_by_dragging(string move, string stages, string scenes)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        using var answer = await browser.Post("/journeys/care/move", ("move", move));

        Assert.That((int)answer.StatusCode, Is.EqualTo(302), await answer.Content.ReadAsStringAsync());
        var all = (await atlas.Definition()).GetProperty("stages").EnumerateArray().ToList();
        Assert.That(string.Join(' ', all.Select(Code)), Is.EqualTo(stages));
        if (scenes.Length > 0)
            Assert.That(string.Join(" | ", all.Select(stage => string.Join(' ', stage.GetProperty("scenes").EnumerateArray().Select(scene => Code(scene) + (scenes.Contains('(') && scene.GetProperty("touchpoints").GetArrayLength() > 0 ? $"({string.Join(' ', scene.GetProperty("touchpoints").EnumerateArray().Select(each => each.GetString()))})" : ""))))), Is.EqualTo(scenes));
    }

    [TestCase("row:free:on", "answer | map free | ")]
    [TestCase("row:map:to:use:frontStage:answer", "map answer | free | ")]
    [TestCase("row:answer:to:use:support:", " | free map | answer")]
    public async Task Steps_of_the_blueprint_move_between_lanes(string move, string rows)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        using var answer = await browser.Post("/journeys/care/move", ("move", move));

        var blueprint = (await atlas.Definition()).GetProperty("stages")[1].GetProperty("blueprint");
        Assert.That(string.Join(" | ", new[] { "frontStage", "backStage", "support" }.Select(lane => string.Join(' ', blueprint.GetProperty(lane).EnumerateArray().Select(Code)))), Is.EqualTo(rows));
    }

    [TestCase("scene:nothing:on", 404)]
    [TestCase("scene:ask:to:nothing:", 404)]
    [TestCase("touchpoint:ask:sync:on", 404)]
    [TestCase("row:free:to:use:nowhere:", 404)]
    [TestCase("journey:care:on", 400)]
    [TestCase("", 400)]
    public async Task Moves_of_what_is_not_there_are_refused(string move, int status)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        Assert.That((int)(await browser.Post("/journeys/care/move", ("move", move))).StatusCode, Is.EqualTo(status));
        Assert.That((await atlas.Read("/api/v1/journeys/care")).GetProperty("revision").GetInt64(), Is.EqualTo(1));
    }

    [TestCase(Roles.Viewer)]
    [TestCase(Roles.Manager)]
    public async Task Those_who_may_not_edit_are_refused(Roles role)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(role);

        Assert.That((int)(await browser.Client.GetAsync("/journeys/care/edit?part=stage")).StatusCode, Is.EqualTo(403));
        Assert.That((int)(await browser.Post("/journeys/care/edit", ("part", "stage"), ("id", "buy"), ("act", "remove"), ("ifMatch", "\"1\""))).StatusCode, Is.EqualTo(403));
        Assert.That((int)(await browser.Post("/journeys/care/move", ("move", "stage:buy:on"))).StatusCode, Is.EqualTo(403));
    }

    static async Task Fill(Browser browser, string part, Dictionary<string, object?> values, string? act = null)
    {
        await browser.Open("/journeys/care/edit?" + part);
        await browser.Submit("#part", values, act is null ? null : ("act", act));
    }

    static string[] Query(string address) => address.Split('#')[0].Split('?')[1].Split('&');

    static string? Code(JsonElement part) => part.GetProperty("code").GetString();
}
