using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ReadNps;

public sealed class ReadNpsTests
{
    const string Period = "/api/v1/insights/nps?from=2026-03-09&to=2026-03-15";

    [Test]
    public async Task Nobody_answered_gives_no_score_and_not_zero()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);

        var total = (await (await api.GetAsync(Period)).Json()).GetProperty("total");

        Assert.That(total.GetProperty("nps").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(total.GetProperty("lower").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(total.GetProperty("n").GetInt32(), Is.Zero);
        Assert.That(total.GetProperty("tooFew").GetBoolean(), Is.True);
    }

    [TestCase(5, 3, 2, 30, 24.70, -19.1, 65.2)]
    [TestCase(19, 5, 12, 19.4, 15.12, -10.1, 46.0)]
    [TestCase(1, 0, 0, 100, 0, -48.5, 98.5)]
    [TestCase(10, 0, 0, 100, 0, 47.5, 100)]
    [TestCase(0, 10, 0, 0, 0, -18.5, 18.5)]
    public async Task The_score_comes_with_its_adjusted_wald_interval(int promoters, int passives, int detractors, double nps, double se, double lower, double upper)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        await host.Add(ScoredAnswers.Of(promoters, passives, detractors));
        await host.Settle();

        var total = (await (await api.GetAsync(Period)).Json()).GetProperty("total");

        Assert.That(total.Number("nps"), Is.EqualTo(nps).Within(.06));
        Assert.That(total.Number("standardError"), Is.EqualTo(se).Within(.06));
        Assert.That(total.Number("lower"), Is.EqualTo(lower).Within(.06));
        Assert.That(total.Number("upper"), Is.EqualTo(upper).Within(.06));
        Assert.That(total.GetProperty("method").GetString(), Is.EqualTo("adjusted-wald"));
    }

    [Test]
    public async Task An_answer_not_applicable_is_counted_apart_and_one_of_an_interested_party_not_at_all()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        await host.Add([.. ScoredAnswers.Of(5, 3, 2), new ScoredAnswer(null), new ScoredAnswer(10) { Interested = true }]);
        await host.Settle();

        var total = (await (await api.GetAsync(Period)).Json()).GetProperty("total");

        Assert.That(total.GetProperty("n").GetInt32(), Is.EqualTo(10));
        Assert.That(total.GetProperty("excluded").GetInt32(), Is.EqualTo(1));
    }

    // models.md 3.1.
    [TestCase(5, 3, 4, 12, 5, 3, -36.7, .223, false)]
    [TestCase(40, 35, 25, 55, 30, 15, -25, .0226, true)]
    [TestCase(430, 310, 260, 480, 300, 220, -9, .0124, true)]
    public async Task A_change_is_told_from_chance(int p, int s, int d, int p0, int s0, int d0, double change, double probability, bool significant)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        await host.Add([.. ScoredAnswers.Of(p, s, d), .. ScoredAnswers.Of(p0, s0, d0, answer => answer with { Day = new(2026, 3, 5) })]);
        await host.Settle();

        var comparison = (await (await api.GetAsync(Period + "&compare=previous")).Json()).GetProperty("total").GetProperty("comparison");

        Assert.That(comparison.Number("change"), Is.EqualTo(change).Within(.05));
        Assert.That(comparison.Number("p"), Is.EqualTo(probability).Within(.0006));
        Assert.That(comparison.GetProperty("significant").GetBoolean(), Is.EqualTo(significant));
    }

    [Test]
    public async Task Many_cells_are_tested_together()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        // One role has fallen with p = .0226; with nineteen others that stand still it is one of twenty, and no signal.
        var answers = new List<ScoredAnswer>();
        for (var role = 0; role < 20; role++)
        {
            var name = $"role{role:00}";
            answers.AddRange(role == 0 ? ScoredAnswers.Of(40, 35, 25, In) : ScoredAnswers.Of(4, 3, 3, In));
            answers.AddRange(role == 0 ? ScoredAnswers.Of(55, 30, 15, Before) : ScoredAnswers.Of(4, 3, 3, Before));
            ScoredAnswer In(ScoredAnswer answer) => answer with { Role = name };
            ScoredAnswer Before(ScoredAnswer answer) => answer with { Role = name, Day = new(2026, 3, 5) };
        }
        await host.Add(answers);
        await host.Settle();

        var rows = (await (await api.GetAsync(Period + "&compare=previous&by=role")).Json()).GetProperty("rows").EnumerateArray().ToList();

        Assert.That(rows, Has.Count.EqualTo(20));
        Assert.That(rows[0].GetProperty("comparison").Number("p"), Is.EqualTo(.0226).Within(.0006));
        Assert.That(rows.Select(row => row.GetProperty("comparison").GetProperty("significant").GetBoolean()), Has.None.True);
    }

    [Test]
    public async Task Periods_are_held_against_the_one_before_the_twelve_before_or_the_year_before()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        await host.Add(
        [
            .. ScoredAnswers.Of(6, 2, 2),
            .. ScoredAnswers.Of(2, 2, 6, answer => answer with { Day = new(2026, 2, 25) }),
            .. ScoredAnswers.Of(1, 8, 1, answer => answer with { Day = new(2025, 12, 30) }),
            .. ScoredAnswers.Of(10, 0, 0, answer => answer with { Day = new(2025, 3, 10) }),
        ]);
        await host.Settle();

        async Task<JsonElement> Week(string against) =>
            (await (await api.GetAsync($"{Period}&period=week&compare={against}")).Json()).GetProperty("rows")[0];
        var (previous, trailing, lastYear) = (await Week("previous"), await Week("trailing"), await Week("lastYear"));

        Assert.That(previous.GetProperty("start").GetString(), Is.EqualTo("2026-03-09"));
        Assert.That(previous.Number("nps"), Is.EqualTo(40).Within(1e-9));
        // An empty week in between is skipped, not zero.
        Assert.That(previous.GetProperty("comparison").Number("nps"), Is.EqualTo(-40).Within(1e-9));
        Assert.That(trailing.GetProperty("comparison").Number("nps"), Is.EqualTo(-20).Within(1e-9));
        Assert.That(trailing.GetProperty("comparison").GetProperty("n").GetInt32(), Is.EqualTo(20));
        Assert.That(lastYear.GetProperty("comparison").Number("nps"), Is.EqualTo(100).Within(1e-9));
    }

    [Test]
    public async Task A_key_sees_its_own_org_unit_and_below_and_branches_gather_their_teams()
    {
        await using var host = await CemHost.Run();
        var units = await Tree(host);
        var everything = await host.WithKey(Scopes.InsightsRead);
        var east = await host.WithBoundKey("east", Scopes.InsightsRead);
        await host.Add(
        [
            .. ScoredAnswers.Of(5, 0, 0, answer => answer with { OrgUnit = units["shanghai"] }),
            .. ScoredAnswers.Of(0, 0, 5, answer => answer with { OrgUnit = units["team"] }),
            .. ScoredAnswers.Of(0, 5, 0, answer => answer with { OrgUnit = units["beijing"] }),
        ]);
        await host.Settle();

        var all = await (await everything.GetAsync(Period + "&by=branch")).Json();
        var own = await (await east.GetAsync(Period + "&by=orgUnit")).Json();
        using var outside = await east.GetAsync(Period + "&orgUnit=north");

        Assert.That(all.GetProperty("rows").EnumerateArray().Select(row => (row.GetProperty("keys").GetProperty("branch").GetString(), row.GetProperty("n").GetInt32())),
            Is.EqualTo(new[] { ("beijing", 5), ("shanghai", 10) }));
        Assert.That(own.GetProperty("total").GetProperty("n").GetInt32(), Is.EqualTo(10));
        Assert.That(own.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("keys").GetProperty("orgUnit").GetString()), Is.EqualTo(new[] { "shanghai", "team" }));
        await outside.IsProblem(404, "org-unit-not-found");
    }

    [TestCase("by=colour", "by")]
    [TestCase("period=fortnight", "period")]
    [TestCase("compare=tomorrow", "compare")]
    [TestCase("from=10.3.2026", "from")]
    public async Task A_parameter_that_cannot_be_read_is_named(string query, string parameter)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);

        await (await api.GetAsync("/api/v1/insights/nps?" + query)).IsProblem(400, "malformed", parameter);
    }

    static async Task<Dictionary<string, long>> Tree(CemHost host)
    {
        var api = await host.WithKey(Scopes.Admin);
        foreach (var (code, kind, parent) in new[]
                 {
                     ("hq", "headquarters", null), ("east", "region", "hq"), ("north", "region", "hq"), ("shanghai", "branch", "east"), ("team", "team", "shanghai"), ("beijing", "branch", "north"),
                 })
            await (await api.PutAsJsonAsync($"/api/v1/org-units/{code}", new { name = code, kind, parent })).Json();
        return host.Store.Read(reader => reader.Query<Unit>("SELECT id, code FROM customers_org_units")).ToDictionary(unit => unit.Code, unit => unit.Id);
    }

    sealed record Unit(long Id, string Code);
}
