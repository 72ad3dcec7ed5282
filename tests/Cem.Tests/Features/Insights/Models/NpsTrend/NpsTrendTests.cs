using System.Globalization;
using System.Text.Json.Nodes;
using Cem.Server.Features.Insights.Models.NpsTrend;

namespace Cem.Tests.Features.Insights.Models.NpsTrend;

public sealed class NpsTrendTests
{
    [TestCase("2021-01-01", "2020-W53")]
    [TestCase("2021-01-03", "2020-W53")]
    [TestCase("2021-01-04", "2021-W01")]
    [TestCase("2024-12-30", "2025-W01")]
    public void Weeks_are_of_the_year_of_their_Thursday(string day, string week) =>
        Assert.That(NpsPeriods.IsoWeek(DateOnly.Parse(day, CultureInfo.InvariantCulture)), Is.EqualTo(week));

    [Test]
    public void Empty_weeks_are_skipped_and_move_nothing()
    {
        var answer = Ask.Model("nps-trend", """
            {"weeks":[{"week":"1","promoters":5,"passives":3,"detractors":2},{"week":"2","promoters":0,"passives":0,"detractors":0},{"week":"3","promoters":2,"passives":3,"detractors":5}]}
            """);
        var weeks = answer["weeks"]!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That(weeks[1]!["nps"], Is.Null);
            Assert.That(weeks[1]!["vsPrevious"], Is.Null);
            Assert.That(weeks[1]!["ewma"]!.GetValue<double>(), Is.EqualTo(weeks[0]!["ewma"]!.GetValue<double>()));
            Assert.That(weeks[2]!["vsPrevious"]!["difference"]!.GetValue<double>(), Is.EqualTo(-60).Within(1e-9));
            Assert.That(answer["bestSplit"], Is.Null);
        });
    }

    [Test]
    public void Counting_the_answers_of_a_file_gives_the_weeks_of_the_oracle()
    {
        var oracle = OracleCase.Of("nps_trend").First();
        var input = System.Text.Json.JsonSerializer.SerializeToNode(oracle.Input)!.AsObject();
        var given = Ask.Model("nps-trend", input.ToJsonString());
        input.Remove("weeks");
        var counted = Ask.Model("nps-trend", input.ToJsonString());
        Assert.That(counted["weeks"]!.ToJsonString(), Is.EqualTo(given["weeks"]!.ToJsonString()));
    }

    [Test]
    public void The_best_split_of_a_stable_series_is_not_significant_and_of_a_drop_it_is()
    {
        JsonObject Series(Func<int, int> promoters) => new()
        {
            ["weeks"] = new JsonArray([.. Enumerable.Range(1, 30).Select(i => new JsonObject { ["week"] = $"W{i}", ["promoters"] = promoters(i), ["passives"] = 20, ["detractors"] = 10 })]),
            ["permutations"] = 200,
            ["seed"] = 7,
        };
        var stable = Ask.Model("nps-trend", Series(i => 20 + i * 7 % 5).ToJsonString());
        var drop = Ask.Model("nps-trend", Series(i => i <= 20 ? 30 + i * 7 % 5 : 12).ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That(stable["bestSplit"]!["p"]!.GetValue<double>(), Is.GreaterThan(0.05));
            Assert.That(drop["bestSplit"]!["p"]!.GetValue<double>(), Is.LessThan(0.01));
            Assert.That((string?)drop["bestSplit"]!["firstWeekAfter"], Is.EqualTo("W21"));
        });
    }

    [TestCase("""{"weeks":[{"week":"1","promoters":5,"passives":3}]}""", "/weeks/0/detractors")]
    [TestCase("""{"weeks":[],"ewmaLambda":0}""", "/ewmaLambda")]
    [TestCase("""{}""", "/weeks")]
    public void What_is_no_series_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("nps-trend", input).Pointer, Is.EqualTo(pointer));
}
