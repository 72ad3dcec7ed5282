using System.Globalization;
using System.Text.Json;

namespace Cem.Tests.Features.Indicators.ScoreIndicators;

/// <summary>Scores of a part of the answers, beside a plain recount of them.</summary>
public sealed class NarrowedScoresTests
{
    const int Few = 5;

    static readonly DateOnly From = new(2025, 12, 11), To = new(2026, 3, 11);

    [Test]
    public async Task Whatever_part_is_asked_for_every_leaf_is_what_a_plain_recount_says_and_rolls_up_by_weight()
    {
        await using var shelf = await Shelf.Open(Plain.Library);
        var plain = await Plain.Arrange(shelf, 6000);

        foreach (var query in new[]
        {
            "", "product=p1", "channel=app", "role=user", "segment=A", "region=north", "touchpoint=sync", "survey=s3", "orgUnit=east", "product=p1,p2&channel=email", "product=p3&role=decisionMaker&segment=B",
            "orgUnit=east&region=south&touchpoint=call,sync", "product=nothing", "product=,", "survey=s1&touchpoint=call&role=user&segment=A&product=p2&channel=app&region=north",
        })
        {
            var nodes = Nodes(await shelf.Read($"/api/v1/indicators/scores?{query}"));
            var part = PartOf(query);
            foreach (var leaf in Plain.Leaves)
            {
                var (good, n) = plain.Count(leaf, From, To, part);
                var node = nodes[leaf];
                Assert.That(node.GetProperty("n").GetInt64(), Is.EqualTo(n), $"{query}: {leaf}");
                Same(node, "score", n == 0 ? null : 100.0 * good / n, $"{query}: {leaf}");
                Same(node.GetProperty("value"), "lower", n == 0 ? null : Wilson(good, n, -1), $"{query}: {leaf}");
                Same(node.GetProperty("value"), "upper", n == 0 ? null : Wilson(good, n, 1), $"{query}: {leaf}");
                var before = plain.Score(leaf, From.AddDays(-91), From.AddDays(-1), part);
                if (node.GetProperty("comparison").ValueKind != JsonValueKind.Null)
                    Same(node.GetProperty("comparison"), "score", before, $"{query}: {leaf} before");
                else
                    Assert.That(before, Is.Null, $"{query}: {leaf}");
            }
            double? Of(string code) => plain.Score(code, From, To, part);
            var help = Rolled((Of("a"), 1), (Of("b"), 1));
            var fit = Rolled((Of("c"), 1), (Of("done"), 2));
            Same(nodes["help"], "score", help, query);
            Same(nodes["fit"], "score", fit, query);
            Same(nodes["root"], "score", Rolled((help, 3), (fit, 1)), query);
        }
    }

    [TestCase("a")]
    [TestCase("done")]
    public async Task By_every_dimension_each_row_is_recounted_and_held_against_the_days_before_the_twelve_before_and_last_year(string leaf)
    {
        await using var shelf = await Shelf.Open(Plain.Library);
        var plain = await Plain.Arrange(shelf, 6000);

        foreach (var (dimension, more) in new[] { ("branch", ""), ("orgUnit", "&orgUnit=hq"), ("region", ""), ("segment", ""), ("product", ""), ("product", "&channel=app"), ("product", "&product=p1,p3&role=user"), ("channel", ""), ("role", ""), ("touchpoint", ""), ("survey", "") })
        {
            var answer = await shelf.Read($"/api/v1/indicators/{leaf}/score?from=2026-01-15&to=2026-03-11&by={dimension}{more}");

            var (from, to) = (new DateOnly(2026, 1, 15), To);
            var part = PartOf(more.Replace("&orgUnit=hq", "", StringComparison.Ordinal));
            var rows = answer.GetProperty("rows").EnumerateArray().ToList();
            Assert.That(rows.Select(row => row.GetProperty("key").GetString()), Is.EqualTo(plain.Keys(leaf, dimension, from, to).Where(key => !part.TryGetValue(dimension, out var asked) || asked.Contains(key))), dimension + more);
            foreach (var row in rows)
            {
                var some = new Dictionary<string, string[]>(part) { [dimension] = [row.GetProperty("key").GetString()!] };
                var (good, n) = plain.Count(leaf, from, to, some);
                var now = 100.0 * good / n;
                Assert.That(row.GetProperty("score").GetProperty("n").GetInt64(), Is.EqualTo(n));
                Same(row.GetProperty("score"), "score", now, dimension);
                Same(row.GetProperty("score").GetProperty("comparison"), "change", now - plain.Score(leaf, from.AddDays(-56), from.AddDays(-1), some), dimension);
                Same(row.GetProperty("trailing"), "change", now - plain.Score(leaf, from.AddDays(-12 * 56), from.AddDays(-1), some), dimension);
                Same(row.GetProperty("lastYear"), "change", now - plain.Score(leaf, from.AddYears(-1), to.AddYears(-1), some), dimension);
                var told = n >= Few && plain.Count(leaf, from.AddDays(-56), from.AddDays(-1), some).N >= Few;
                Assert.That(row.GetProperty("score").GetProperty("comparison").GetProperty("significant").ValueKind, told ? Is.AnyOf(JsonValueKind.True, JsonValueKind.False) : Is.EqualTo(JsonValueKind.Null));
            }
        }
    }

    [TestCase("day", 7)]
    [TestCase("week", 7)]
    [TestCase("month", 0)]
    [TestCase("quarter", 0)]
    public async Task A_series_of_a_part_is_a_series_of_its_own(string by, int least)
    {
        await using var shelf = await Shelf.Open(Plain.Library);
        var plain = await Plain.Arrange(shelf, 4000);
        var part = PartOf("product=p2&channel=app");

        var told = await shelf.Read($"/api/v1/indicators/b/score?from=2026-01-01&to=2026-03-11&by={by}&product=p2&channel=app");

        var rows = told.GetProperty("rows").EnumerateArray().ToList();
        Assert.That(rows, Has.Count.GreaterThan(least));
        foreach (var (index, row) in rows.Index())
        {
            var start = Day(row);
            var end = index + 1 < rows.Count ? Day(rows[index + 1]).AddDays(-1) : To;
            Same(row.GetProperty("score"), "score", plain.Score("b", start < new DateOnly(2026, 1, 1) ? new(2026, 1, 1) : start, end, part), $"{by} {start}");
        }
        Same(told.GetProperty("total"), "score", plain.Score("b", new(2026, 1, 1), To, part), by);
    }

    [Test]
    public async Task However_far_back_the_days_reach_they_are_answered()
    {
        await using var shelf = await Shelf.Open(Plain.Library);
        await Plain.Arrange(shelf, 200);

        await shelf.Read("/api/v1/indicators/a/score?from=1970-01-01&to=2200-12-31&by=product");
    }

    static Dictionary<string, string[]> PartOf(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
        .Select(pair => (Name: pair[0], Values: pair[1].Split(',', StringSplitOptions.RemoveEmptyEntries))).Where(pair => pair.Values.Length > 0).ToDictionary(pair => pair.Name, pair => pair.Values);

    /// <summary>By weight over those with a score, where these have half of it.</summary>
    static double? Rolled(params (double? Score, double Weight)[] children)
    {
        var known = children.Where(child => child.Score is not null).ToList();
        return known.Sum(child => child.Weight) / children.Sum(child => child.Weight) is var coverage && coverage < 0.5 ? null : known.Sum(child => child.Score * child.Weight) / known.Sum(child => child.Weight);
    }

    static double Wilson(double x, double n, int side)
    {
        const double z = 1.959963984540054;
        var p = x / n;
        return 100 * Math.Clamp((p + z * z / (2 * n) + side * z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n), 0, 1);
    }

    static void Same(JsonElement of, string name, double? expected, string where)
    {
        var value = of.GetProperty(name);
        if (expected is null)
            Assert.That(value.ValueKind, Is.EqualTo(JsonValueKind.Null), where);
        else
            Assert.That(value.GetDouble(), Is.EqualTo(expected.Value).Within(1e-9), where);
    }

    static DateOnly Day(JsonElement row) => DateOnly.Parse(row.GetProperty("start").GetString()!, CultureInfo.InvariantCulture);

    static Dictionary<string, JsonElement> Nodes(JsonElement told) => told.GetProperty("indicators").EnumerateArray().ToDictionary(node => node.GetProperty("code").GetString()!);
}
