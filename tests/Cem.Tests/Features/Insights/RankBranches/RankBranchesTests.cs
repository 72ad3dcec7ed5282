using System.Net.Http.Json;
using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.RankBranches;

/// <summary>The order itself; the figures are the worked example of the design (models.md 1.2).</summary>
public sealed class RankBranchesTests
{
    [Test]
    public async Task Small_units_do_not_lead_and_those_with_too_few_are_not_ranked()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "a", "b", "c", "d", "e", "f", "silent");
        await host.Add(
        [
            .. Rated(units["a"], 188, 200), .. Rated(units["b"], 46, 50), .. Rated(units["c"], 9, 10), .. Rated(units["d"], 19, 25), .. Rated(units["e"], 3, 3), .. Rated(units["f"], 0, 4),
        ]);
        await host.Settle();

        var ranking = await host.Send(new AskRanking(new ScoreQuery("csat", 0)));

        Assert.That(ranking.Units.Select(unit => (unit.Key, unit.Rank)), Is.EqualTo(new (string?, int?)[] { ("a", 1), ("b", 2), ("c", 3), ("d", 4), ("f", null), ("e", null), ("silent", null) }));
        Assert.That(ranking.Units.Take(4).Select(unit => unit.Figure.Lower!.Value), Is.EqualTo(new[] { .898, .812, .596, .566 }).Within(.0005));
        Assert.That(ranking.Units[^1].Figure, Is.EqualTo(new ShareFigure(0, 0, null, null, null)));
        Assert.That(ranking.All.N, Is.EqualTo(292));
    }

    [Test]
    public async Task Neighbours_that_chance_may_have_ordered_share_a_tie()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "best", "near", "far", "last");
        await host.Add([.. Rated(units["best"], 95, 100), .. Rated(units["near"], 92, 100), .. Rated(units["far"], 50, 100), .. Rated(units["last"], 47, 100)]);
        await host.Settle();

        var ranking = await host.Send(new AskRanking(new ScoreQuery("csat", 0)));

        Assert.That(ranking.Units.Select(unit => (unit.Key, unit.Tie)), Is.EqualTo(new (string?, int?)[] { ("best", 1), ("near", 1), ("far", 2), ("last", 2) }));
    }

    [Test]
    public async Task Equals_share_a_rank_and_the_next_one_is_left_out()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "a", "b", "c");
        await host.Add([.. Rated(units["a"], 5, 10), .. Rated(units["b"], 9, 10), .. Rated(units["c"], 9, 10)]);
        await host.Settle();

        var ranking = await host.Send(new AskRanking(new ScoreQuery("csat", 0)));

        Assert.That(ranking.Units.Select(unit => (unit.Key, unit.Rank)), Is.EqualTo(new (string?, int?)[] { ("b", 1), ("c", 1), ("a", 3) }));
    }

    [Test]
    public async Task A_team_counts_for_its_branch_and_a_branch_is_made_of_its_teams()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "east", "west");
        using var api = await host.WithKey(Scopes.Admin);
        foreach (var team in new[] { "one", "two" })
            await (await api.PutAsJsonAsync($"/api/v1/org-units/{team}", new { name = team, kind = "team", parent = "east" })).Json();
        var teams = host.Store.Read(reader => reader.Query<Unit>("SELECT id, code FROM customers_org_units")).ToDictionary(unit => unit.Code, unit => unit.Id);
        await host.Add([.. Rated(teams["one"], 9, 10), .. Rated(teams["two"], 1, 10), .. Rated(units["west"], 6, 10), .. Rated(units["east"], 2, 2)]);
        await host.Settle();

        var company = await host.Send(new AskRanking(new ScoreQuery("csat", 0)));
        var branch = await host.Send(new AskRanking(new ScoreQuery("csat", units["east"])));
        var team2 = await host.Send(new AskRanking(new ScoreQuery("csat", teams["two"])));

        Assert.That(company.Units.Select(unit => (unit.Key, unit.Figure.Good, unit.Figure.N)), Is.EqualTo(new (string?, int, int)[] { ("east", 12, 22), ("west", 6, 10) }));
        Assert.That(branch.Units.Select(unit => (unit.Key, unit.Figure.Good, unit.Figure.N)), Is.EqualTo(new (string?, int, int)[] { ("one", 9, 10), ("two", 1, 10) }));
        Assert.That(branch.All.N, Is.EqualTo(22), "what belongs to no team counts in all");
        Assert.That(team2.Units, Is.Empty);
    }

    [Test]
    public async Task Satisfaction_comes_first_and_recommendation_stands_in_where_it_ranks_more()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "a", "b");
        await host.Add([.. ScoredAnswers.Of(7, 2, 1, answer => answer with { OrgUnit = units["a"] }), .. ScoredAnswers.Of(1, 8, 1, answer => answer with { OrgUnit = units["b"] })]);
        await host.Settle();
        var before = await host.Send(new AskRanking(new ScoreQuery("", 0)));
        await host.Add(Rated(units["b"], 6, 6));
        await host.Settle();
        var between = await host.Send(new AskRanking(new ScoreQuery("", 0)));
        await host.Add(Rated(units["a"], 1, 6));
        await host.Settle();
        var after = await host.Send(new AskRanking(new ScoreQuery("", 0)));

        Assert.That((before.Measure, before.Units[0].Key, before.Units[0].Figure.Share), Is.EqualTo(("nps", "a", .7)));
        Assert.That(between.Measure, Is.EqualTo("nps"), "one branch alone is no ranking");
        Assert.That((after.Measure, after.Units[0].Key, after.Units[0].Figure.N), Is.EqualTo(("csat", "b", 6)));
    }

    [Test]
    public async Task Any_dimension_can_be_ranked_and_answers_without_a_value_are_a_row()
    {
        await using var host = await CemHost.Run();
        await host.Add(
        [
            .. Rated(null, 9, 10, answer => answer with { Touchpoint = "booking" }), .. Rated(null, 2, 10, answer => answer with { Touchpoint = "oa-sync" }), .. Rated(null, 5, 10),
            .. Rated(null, 10, 10, answer => answer with { Touchpoint = "booking", Interested = true }),
        ]);
        await host.Settle();

        var ranking = await host.Send(new AskRanking(new ScoreQuery("csat", 0, By: ["touchpoint"])));

        Assert.That(ranking.Units.Select(unit => (unit.Key, unit.Figure.N, unit.Rank)), Is.EqualTo(new (string?, int, int?)[] { ("booking", 10, 1), (null, 10, 2), ("oa-sync", 10, 3) }));
    }

    /// <summary>So many satisfied answers of so many.</summary>
    internal static IEnumerable<ScoredAnswer> Rated(long? unit, int good, int n, Func<ScoredAnswer, ScoredAnswer>? adjust = null) => Enumerable.Range(0, n).Select(i =>
        (adjust ?? (answer => answer))(new ScoredAnswer(i < good ? 5 : 2) { Measure = "csat", Question = "sat", OrgUnit = unit }));

    /// <summary>A company with these branches; their ids by code.</summary>
    internal static async Task<Dictionary<string, long>> Branches(CemHost host, params string[] codes)
    {
        using var api = await host.WithKey(Scopes.Admin);
        await (await api.PutAsJsonAsync("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" })).Json();
        foreach (var code in codes)
            await (await api.PutAsJsonAsync($"/api/v1/org-units/{code}", new { name = "Branch " + code, kind = "branch", parent = "hq" })).Json();
        await host.Settle();
        return host.Store.Read(reader => reader.Query<Unit>("SELECT id, code FROM customers_org_units")).ToDictionary(unit => unit.Code, unit => unit.Id);
    }

    sealed record Unit(long Id, string Code);
}
