using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.PutIndicator;

public sealed class PutIndicatorTests
{
    const string Polite = """{"name": {"en": "Politeness", "zh-CN": "礼貌"}, "parent": "help", "weight": 2, "owner": "Service", "target": 80}""";

    [Test]
    public async Task A_new_indicator_takes_the_level_below_its_parent_and_the_same_again_changes_nothing()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        var first = await shelf.Api.Put("polite", Polite);
        var again = await shelf.Api.Put("polite", Polite);

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(first.Headers.ETag, Is.EqualTo(again.Headers.ETag));
        var (one, two) = (await first.Json(), await again.Json());
        Assert.That((one.GetProperty("level").GetInt32(), one.GetProperty("version").GetInt32(), one.GetProperty("validFrom").GetString()), Is.EqualTo((3, 1, "2026-03-11")));
        Assert.That(two.GetProperty("version").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_tree_that_is_built_in_one_day_stands_at_once_as_one_version()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        await (await shelf.Api.Put("polite", Polite)).Json();

        Assert.That((await shelf.Read("/api/v1/indicator-library/versions")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await shelf.Read("/api/v1/indicator-library")).GetProperty("indicators").GetArrayLength(), Is.EqualTo(7));
    }

    [Test]
    public async Task Changes_for_the_same_day_make_one_version_and_what_scored_a_day_stays_as_it_is()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await shelf.Host.Advance(TimeSpan.FromDays(1));

        await (await shelf.Api.Put("polite", Polite)).Json();
        await (await shelf.Api.Put("c", """{"name": {"en": "Sync", "zh-CN": "同步"}, "parent": "fit", "weight": 5, "measure": {"type": "csatTopBox", "survey": "s3", "question": "c"}}""")).Json();

        var versions = (await shelf.Read("/api/v1/indicator-library/versions")).GetProperty("items");
        Assert.That(versions.EnumerateArray().Select(version => (version.GetProperty("version").GetInt32(), version.GetProperty("state").GetString())), Is.EquivalentTo(new[] { (1, "past"), (2, "inEffect") }));
        Assert.That((await shelf.Read("/api/v1/indicator-library?version=1")).GetProperty("indicators").GetArrayLength(), Is.EqualTo(6));
        Assert.That((await shelf.Read("/api/v1/indicator-library")).GetProperty("indicators").GetArrayLength(), Is.EqualTo(7));
    }

    [Test]
    public async Task An_indicator_that_moves_takes_what_is_below_it_along()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        await (await shelf.Api.Put("fit", """{"name": {"en": "Fit", "zh-CN": "对接"}, "parent": "help"}""")).Json();

        Assert.That((await shelf.Read("/api/v1/indicators/c")).GetProperty("indicator").GetProperty("level").GetInt32(), Is.EqualTo(4));
        var deep = await shelf.Api.Put("fit", """{"name": {"en": "Fit", "zh-CN": "对接"}, "parent": "b"}""");
        await deep.IsProblem(422, "level", "/parent");
        Assert.That(await deep.Content.ReadAsStringAsync(), Does.Contain("below the fourth: c."));
    }

    [TestCase("help", """{"name": {"en": "Help", "zh-CN": "服务"}, "parent": "a"}""", "cycle", "/parent", "help > a > help")]
    [TestCase("a", """{"name": {"en": "Speed", "zh-CN": "速度"}, "parent": "help", "weight": -1}""", "negative-weight", "/weight", "'a'")]
    [TestCase("a", """{"name": {"en": "Speed", "zh-CN": "速度"}, "parent": "moon"}""", "parent-not-found", "/parent", "'moon'")]
    [TestCase("a", """{"name": {"en": "Speed", "zh-CN": "速度"}}""", "root", "", "root, a")]
    [TestCase("c", """{"name": {"en": "Sync", "zh-CN": "同步"}, "parent": "fit", "weight": 0}""", "zero-weights", "", "'fit'")]
    [TestCase("a", """{"name": {"en": "Speed", "zh-CN": "速度"}, "parent": "help", "measure": {"type": "csatTopBox", "survey": "s9", "question": "a"}}""", "survey-not-found", "/measure/survey", "'s9' for 'a'")]
    [TestCase("a", """{"name": {"en": "Speed", "zh-CN": "速度"}, "parent": "help", "kind": "o", "best": 1, "worst": 0, "measure": {"type": "mean", "source": "s9", "metric": "m"}}""", "source-not-found", "/measure/source", "'s9'")]
    [TestCase("scores", """{"name": {"en": "Scores", "zh-CN": "得分"}, "parent": "help"}""", "reserved", "/code", "'scores'")]
    [TestCase("a", """{"name": {"en": "Speed", "zh-CN": "速度"}, "parent": "help", "level": 2}""", "level", "/level", "level 3")]
    public async Task What_makes_no_tree_or_is_not_there_is_refused_with_the_names_concerned(string code, string body, string error, string pointer, string named)
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        var answer = await shelf.Api.Put(code, body);

        await answer.IsProblem(422, error, pointer);
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), Does.Contain(named));
        Assert.That((await shelf.Read("/api/v1/indicator-library/versions")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_change_made_on_what_somebody_else_has_changed_since_is_refused()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        var read = await shelf.Api.GetAsync("/api/v1/indicators/fit");
        await (await shelf.Api.Put("fit", """{"name": {"en": "Fitness", "zh-CN": "对接"}, "parent": "root"}""")).Json();

        var late = await shelf.Api.Put("fit", """{"name": {"en": "Connection", "zh-CN": "对接"}, "parent": "root"}""", read.Headers.ETag!.Tag);
        var fresh = await shelf.Api.Put("fit", """{"name": {"en": "Connection", "zh-CN": "对接"}, "parent": "root"}""", (await shelf.Api.GetAsync("/api/v1/indicators/fit")).Headers.ETag!.Tag);

        await late.IsProblem(412, "stale");
        Assert.That(fresh.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_family_that_was_judged_is_by_hand_once_somebody_joins_it_unjudged_and_says_so()
    {
        await using var shelf = await Shelf.Open(Shelf.With("help", "weighting", """{"method": "ahp", "children": ["a", "b"], "matrix": [[1, 3], [0.333, 1]]}"""));

        var joined = await (await shelf.Api.Put("polite", Polite)).Json();

        Assert.That(joined.GetProperty("weightsByHand").GetString(), Is.EqualTo("help"));
        var help = (await shelf.Read("/api/v1/indicators/help")).GetProperty("indicator");
        Assert.That(help.TryGetProperty("weighting", out var weighting) && weighting.ValueKind != JsonValueKind.Null, Is.False);
        Assert.That((await shelf.Read("/api/v1/indicators/a")).GetProperty("indicator").GetProperty("weight").GetDouble(), Is.EqualTo(0.75).Within(0.001));
    }

    [Test]
    public async Task The_first_indicator_begins_a_library()
    {
        await using var shelf = await Shelf.Open();

        var root = await (await shelf.Api.Put("root", """{"name": {"en": "North star", "zh-CN": "北极星"}, "measure": {"type": "nps"}}""")).Json();

        Assert.That((root.GetProperty("level").GetInt32(), root.GetProperty("version").GetInt32(), root.GetProperty("validFrom").GetString()), Is.EqualTo((1, 1, "2026-03-11")));
    }
}

static class Puts
{
    public static Task<HttpResponseMessage> Put(this HttpClient api, string code, string body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/indicators/{code}") { Content = new StringContent(body, null, "application/json") };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return api.SendAsync(request);
    }
}
