using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Features.Insights;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.ScoreIndicators;

public sealed class ScoreIndicatorsTests
{
    static readonly DateOnly Earlier = new(2025, 11, 20);

    [Test]
    public async Task Leaves_roll_up_by_weight_and_what_moved_the_root_adds_up()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "weight", "1", validFrom: "2025-01-01"));
        await shelf.Answers("a", 50, 50, Earlier);
        await shelf.Answers("b", 80, 20, Earlier);
        await shelf.Answers("c", 60, 40, Earlier);
        await shelf.Answers("a", 90, 10);
        await shelf.Answers("b", 70, 30);
        await shelf.Answers("c", 60, 40);

        var told = await shelf.Read("/api/v1/indicators/scores");

        var nodes = Nodes(told);
        Assert.That(Number(nodes["help"], "score"), Is.EqualTo(80).Within(1e-9));
        Assert.That(Number(nodes["root"], "score"), Is.EqualTo(75).Within(1e-9));
        Assert.That(Number(nodes["root"], "coverage"), Is.EqualTo(1).Within(1e-9));
        Assert.That(Number(nodes["a"], "contribution"), Is.EqualTo(0.375 * 40).Within(1e-9));
        Assert.That(Number(nodes["b"], "contribution"), Is.EqualTo(0.375 * -10).Within(1e-9));
        Assert.That(Number(nodes["c"], "contribution"), Is.EqualTo(0));
        Assert.That(Number(told.GetProperty("change"), "after") - Number(told.GetProperty("change"), "before"), Is.EqualTo(0.375 * 30).Within(1e-9));
        Assert.That(nodes["a"].GetProperty("comparison").GetProperty("significant").GetBoolean(), Is.True);
        Assert.That(nodes["b"].GetProperty("comparison").GetProperty("significant").GetBoolean(), Is.False);
        Assert.That(nodes["help"].GetProperty("standing").GetString(), Is.EqualTo("reached"));
    }

    [Test]
    public async Task A_leaf_without_answers_lowers_the_coverage_and_is_named_and_a_gap_is_no_improvement()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await shelf.Answers("a", 50, 50, Earlier);
        await shelf.Answers("c", 20, 80, Earlier);
        await shelf.Answers("a", 50, 50);

        var told = await shelf.Read("/api/v1/indicators/scores");

        var nodes = Nodes(told);
        Assert.That(Number(nodes["root"], "coverage"), Is.EqualTo(0.375).Within(1e-9));
        Assert.That(Number(nodes["root"], "score"), Is.EqualTo(50).Within(1e-9));
        Assert.That(nodes["fit"].GetProperty("score").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(told.GetProperty("notMeasured").EnumerateArray().Select(it => (it.GetProperty("code").GetString(), it.GetProperty("reason").GetString())),
            Is.EqualTo(new[] { ("b", "no-answers"), ("c", "no-answers") }));
        Assert.That(told.GetProperty("change").GetProperty("leftOut").EnumerateArray().Select(code => code.GetString()), Is.EqualTo(new[] { "c" }));
        Assert.That(Number(told.GetProperty("change"), "before"), Is.EqualTo(50).Within(1e-9));
    }

    [Test]
    public async Task A_trend_does_not_move_because_a_weight_did()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "weight", "1", validFrom: "2025-01-01"));
        foreach (var day in new[] { Earlier, new DateOnly(2026, 3, 10), new DateOnly(2026, 5, 10) })
        {
            await shelf.Answers("a", 90, 10, day);
            await shelf.Answers("b", 30, 70, day);
        }
        var before = Nodes(await shelf.Read("/api/v1/indicators/scores?to=2026-03-11"))["help"].GetRawText();

        await (await shelf.Put(Shelf.With("a", "weight", "9", validFrom: "2026-03-20"))).Json();
        var after = Nodes(await shelf.Read("/api/v1/indicators/scores?to=2026-03-11"))["help"].GetRawText();
        var later = await shelf.Read("/api/v1/indicators/scores?from=2026-05-01&to=2026-06-10&compare=previous");
        var help = Nodes(await shelf.Read("/api/v1/indicators/scores?from=2026-03-12&to=2026-06-10"))["help"];

        Assert.That(after, Is.EqualTo(before));
        Assert.That(later.GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That(Number(help, "score"), Is.EqualTo(84).Within(1e-9));
        Assert.That(Number(help.GetProperty("comparison"), "score"), Is.EqualTo(84).Within(1e-9));
        Assert.That(Number(help.GetProperty("comparison"), "change"), Is.EqualTo(0).Within(1e-9));
    }

    [Test]
    public async Task A_series_scores_each_period_by_the_version_that_held_at_its_end()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "weight", "1", validFrom: "2025-01-01"));
        await (await shelf.Put(Shelf.With("a", "weight", "9", validFrom: "2026-03-20"))).Json();
        await shelf.Answers("a", 90, 10, new(2026, 3, 10));
        await shelf.Answers("b", 30, 70, new(2026, 3, 10));
        await shelf.Answers("a", 90, 10, new(2026, 4, 10));
        await shelf.Answers("b", 30, 70, new(2026, 4, 10));

        var rows = (await shelf.Read("/api/v1/indicators/help/score?from=2026-02-01&to=2026-04-30&by=month")).GetProperty("rows");

        Assert.That(rows.EnumerateArray().Select(row => (row.GetProperty("start").GetString(), row.GetProperty("version").GetInt32())),
            Is.EqualTo(new[] { ("2026-02-01", 1), ("2026-03-01", 2), ("2026-04-01", 2) }));
        Assert.That(rows[0].GetProperty("score").GetProperty("score").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Number(rows[2].GetProperty("score"), "score"), Is.EqualTo(84).Within(1e-9));
        Assert.That(Number(rows[2].GetProperty("score").GetProperty("comparison"), "change"), Is.EqualTo(0).Within(1e-9));
    }

    [Test]
    public async Task Everybody_sees_their_own_part_and_a_branch_has_its_own_target()
    {
        await using var shelf = await Shelf.Open(Shelf.With("help", "targets", "{\"east\": 95}"));
        await shelf.Answers("a", 90, 10, orgUnit: "shanghai");
        await shelf.Answers("a", 10, 90, orgUnit: "west");
        using var east = await shelf.Host.WithBoundKey("east", Scopes.InsightsRead);

        var own = Nodes(await (await east.GetAsync("/api/v1/indicators/scores")).Json());

        Assert.That(Number(own["a"], "score"), Is.EqualTo(90).Within(1e-9));
        Assert.That((Number(own["help"], "target"), own["help"].GetProperty("standing").GetString()), Is.EqualTo((95.0, "missed")));
        await (await east.GetAsync("/api/v1/indicators/scores?orgUnit=west")).IsProblem(404, "org-unit-not-found");
        var branches = (await shelf.Read("/api/v1/indicators/a/score?by=branch")).GetProperty("rows");
        Assert.That(branches.EnumerateArray().Select(row => (row.GetProperty("key").GetString(), Number(row.GetProperty("score"), "score"))), Is.EqualTo(new[] { ("shanghai", 90.0) }));
    }

    [Test]
    public async Task Few_answers_are_marked_and_nothing_is_concluded_from_them()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await shelf.Answers("a", 4, 0, Earlier);
        await shelf.Answers("a", 0, 4);

        var a = Nodes(await shelf.Read("/api/v1/indicators/scores"))["a"];

        Assert.That(a.GetProperty("tooFew").GetBoolean(), Is.True);
        Assert.That(a.GetProperty("comparison").GetProperty("significant").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Number(a.GetProperty("value"), "upper"), Is.EqualTo(48.99).Within(0.01));
    }

    [Test]
    public async Task A_period_is_held_against_the_last_one_with_data_the_twelve_before_and_last_year()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "weight", "1", validFrom: "2024-01-01"));
        await shelf.Answers("a", 60, 40, new(2025, 3, 12));
        await shelf.Answers("a", 90, 10, new(2026, 1, 14));
        await shelf.Answers("a", 50, 50, new(2026, 2, 11));
        await shelf.Answers("a", 20, 80, new(2026, 3, 11));

        var row = (await shelf.Read("/api/v1/indicators/a/score?from=2026-03-09&to=2026-03-15")).GetProperty("rows")[0];

        Assert.That(Number(row.GetProperty("score").GetProperty("comparison"), "change"), Is.EqualTo(-30).Within(1e-9), "the weeks in between are empty, and not 0");
        Assert.That(Number(row.GetProperty("trailing"), "change"), Is.EqualTo(20 - 70).Within(1e-9));
        Assert.That(Number(row.GetProperty("lastYear"), "change"), Is.EqualTo(-40).Within(1e-9));
        Assert.That(row.GetProperty("trailing").GetProperty("significant").GetBoolean(), Is.True);
    }

    [TestCase("branch", "shanghai 90")]
    [TestCase("orgUnit", "hq 50")]
    [TestCase("role", "purchaser 10, user 90")]
    [TestCase("region", "north 90, south 10")]
    public async Task A_score_is_cut_by_any_dimension(string by, string expected)
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        foreach (var (unit, role, region, good) in new[] { ("shanghai", "user", "north", 90), ("west", "purchaser", "south", 10) })
        {
            var id = shelf.Host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_org_units WHERE code = @Code", new { Code = unit }));
            await shelf.Host.Add(Enumerable.Repeat(5, good).Concat(Enumerable.Repeat(1, 100 - good)).Select(score => new ScoredAnswer(score) { Measure = "csat", Question = "a", Survey = "s1", OrgUnit = id, Role = role, Region = region }));
        }
        await shelf.Host.Settle();

        var rows = (await shelf.Read($"/api/v1/indicators/a/score?by={by}")).GetProperty("rows");

        Assert.That(string.Join(", ", rows.EnumerateArray().Select(row => $"{row.GetProperty("key")} {Number(row.GetProperty("score"), "score"):0}")), Is.EqualTo(expected));
    }

    [TestCase("scores?from=2026-03-11&to=2026-03-10", 422, "range")]
    [TestCase("scores?compare=soon", 400, "malformed")]
    [TestCase("help/score?by=decade", 400, "malformed")]
    [TestCase("help/score?by=day&from=2020-01-01", 422, "too-many")]
    [TestCase("moon/score", 404, "indicator-not-found")]
    public async Task What_makes_no_sense_is_refused(string path, int status, string code)
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        await (await shelf.Api.GetAsync("/api/v1/indicators/" + path)).IsProblem(status, code);
    }

    static Dictionary<string, JsonElement> Nodes(JsonElement told) => told.GetProperty("indicators").EnumerateArray().ToDictionary(node => node.GetProperty("code").GetString()!);

    static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}
