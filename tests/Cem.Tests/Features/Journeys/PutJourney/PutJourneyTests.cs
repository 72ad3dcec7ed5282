using System.Net;
using System.Text.Json.Nodes;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.PutJourney;

public sealed class PutJourneyTests
{
    [Test]
    public async Task A_journey_is_created_and_putting_the_same_again_changes_nothing()
    {
        await using var atlas = await Atlas.Open(journey: false);

        var first = await atlas.Put("care");
        var same = await atlas.Put("care");
        var read = await atlas.Put("care", (await atlas.Definition()).GetRawText());
        var changed = await atlas.Put("care", Atlas.With(journey => journey["name"]!["en"] = "Caring"));

        Assert.That(new[] { first.StatusCode, same.StatusCode, read.StatusCode, changed.StatusCode }, Is.EqualTo(new[] { HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK }), await first.Content.ReadAsStringAsync());
        Assert.That(new[] { first, same, read, changed }.Select(answer => answer.Headers.ETag!.Tag), Is.EqualTo(new[] { "\"1\"", "\"1\"", "\"1\"", "\"2\"" }));
    }

    [Test]
    public async Task A_journey_that_somebody_else_changed_is_not_overwritten()
    {
        await using var atlas = await Atlas.Open();

        var mine = await atlas.Put("care", Atlas.With(journey => journey["name"]!["en"] = "Mine"), "\"1\"");
        var theirs = await atlas.Put("care", Atlas.With(journey => journey["name"]!["en"] = "Theirs"), "\"1\"");

        Assert.That(mine.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await theirs.IsProblem(412, "stale");
        Assert.That((await atlas.Definition()).GetProperty("name").GetProperty("en").GetString(), Is.EqualTo("Mine"));
    }

    [Test]
    public async Task Faults_are_refused_all_at_once_by_pointer()
    {
        await using var atlas = await Atlas.Open(journey: false);

        var answer = await atlas.Put("care", Atlas.With(journey =>
        {
            var use = journey["stages"]![1]!;
            use["code"] = "buy";
            use["scenes"]![0]!["emotion"] = 3;
            use["scenes"]![0]!["touchpoints"] = new JsonArray("nowhere", "call", "call");
            use["scenes"]![0]!["code"] = "no code";
            use["blueprint"]!["frontStage"]![0]!["indicator"] = "unheard-of";
            journey["stages"]![0]!["name"]!["zh-CN"] = " ";
            journey["variantOf"] = "other";
        }));

        foreach (var (pointer, code) in new[]
        {
            ("/stages/1/code", "twice"), ("/stages/1/scenes/0/emotion", "range"), ("/stages/1/scenes/0/touchpoints/0", "touchpoint-not-found"), ("/stages/1/scenes/0/touchpoints/2", "twice"),
            ("/stages/1/scenes/0/code", "code"), ("/stages/1/blueprint/frontStage/0/indicator", "indicator-not-found"), ("/stages/0/name/zh-CN", "not-empty"), ("/variant", "variant"),
        })
            await answer.IsProblem(422, "invalid", pointer, code);
    }

    [Test]
    public async Task A_variant_hangs_on_a_journey_that_is_none_and_is_the_only_one_for_its_channel()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care-app", Atlas.Variant("app"))).Json();

        await (await atlas.Put("care-app-too", Atlas.Variant("app"))).IsProblem(422, "variant-taken", "/variant");
        await (await atlas.Put("care-deep", Atlas.Variant("phone").Replace("\"care\"", "\"care-app\"", StringComparison.Ordinal))).IsProblem(422, "variant-of-variant", "/variantOf");
        await (await atlas.Put("care", Atlas.Variant("phone"))).IsProblem(422, "journey-not-found", "/variantOf");
        await (await atlas.Put("lost", Atlas.Variant("phone").Replace("\"care\"", "\"nowhere\"", StringComparison.Ordinal))).IsProblem(422, "journey-not-found", "/variantOf");
    }

    [Test]
    public async Task Steps_of_the_blueprint_get_codes_of_their_own()
    {
        await using var atlas = await Atlas.Open(journey: false);

        await (await atlas.Put("care", Atlas.With(journey => journey["stages"]![1]!["blueprint"]!["backStage"]![0]!.AsObject().Remove("code")))).Json();

        var rows = (await atlas.Definition()).GetProperty("stages")[1].GetProperty("blueprint").GetProperty("backStage");
        Assert.That(rows.EnumerateArray().Select(row => row.GetProperty("code").GetString()), Is.EqualTo(new[] { "use.backStage.1", "map" }));
    }

    [TestCase("null", 400)]
    [TestCase("[]", 400)]
    [TestCase("{}", 400)]
    [TestCase("""{"name": {"en": "a", "zh-CN": "b"}, "stages": [null]}""", 400)]
    [TestCase("""{"name": {"en": "a", "zh-CN": "b"}, "stages": [{"code": "s", "name": {"en": "a", "zh-CN": "b"}, "scenes": [null]}]}""", 400)]
    [TestCase("""{"name": {"en": "a", "zh-CN": "b"}, "stages": [], "colour": "red"}""", 400)]
    public async Task Hostile_bodies_are_the_callers_fault_and_never_ours(string body, int status)
    {
        await using var atlas = await Atlas.Open(journey: false);

        Assert.That((int)(await atlas.Put("care", body)).StatusCode, Is.EqualTo(status));
    }

    [TestCase("new")]
    [TestCase("shared")]
    [TestCase("a%20b")]
    public async Task A_code_that_would_not_make_an_address_is_refused(string code)
    {
        await using var atlas = await Atlas.Open(journey: false);

        await (await atlas.Put(code)).IsProblem(422, "code", "/code");
    }
}
