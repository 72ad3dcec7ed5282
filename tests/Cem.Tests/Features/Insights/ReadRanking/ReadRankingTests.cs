using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;
using static Cem.Tests.Features.Insights.RankBranches.RankBranchesTests;

namespace Cem.Tests.Features.Insights.ReadRanking;

public sealed class ReadRankingTests
{
    const string Days = "/api/v1/insights/ranking?from=2026-03-09&to=2026-03-15";

    [Test]
    public async Task Rows_hold_rank_tie_score_and_the_plain_share_with_its_interval()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "a", "b", "c");
        await host.Add([.. Rated(units["a"], 46, 50), .. Rated(units["b"], 3, 3), .. Rated(units["c"], 8, 10), .. Rated(units["c"], 0, 9, answer => answer with { Day = new(2026, 3, 1) })]);
        await host.Settle();
        var api = await host.WithKey(Scopes.InsightsRead);

        var ranking = await (await api.GetAsync(Days)).Json();
        var rows = ranking.GetProperty("rows").EnumerateArray().ToList();

        Assert.That(ranking.GetProperty("measure").GetString(), Is.EqualTo("csat"));
        Assert.That(rows.Select(row => row.GetProperty("name").GetString()), Is.EqualTo(new[] { "Branch a", "Branch c", "Branch b" }));
        Assert.That(rows[0].Number("score"), Is.EqualTo(81.2).Within(.05));
        Assert.That(rows[1].GetProperty("share").Number("percent"), Is.EqualTo(80).Within(1e-9));
        Assert.That(rows[1].GetProperty("share").Number("lower"), Is.EqualTo(49.02).Within(.005));
        Assert.That(rows[1].GetProperty("share").Number("upper"), Is.EqualTo(94.33).Within(.005));
        Assert.That(rows[1].GetProperty("tie").GetInt32(), Is.EqualTo(rows[0].GetProperty("tie").GetInt32()));
        Assert.That(rows[2].GetProperty("rank").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(rows[2].GetProperty("tooFew").GetBoolean(), Is.True);
        Assert.That(ranking.GetProperty("total").GetProperty("n").GetInt32(), Is.EqualTo(63));
    }

    [Test]
    public async Task Nothing_answered_gives_null_and_never_zero()
    {
        await using var host = await CemHost.Run();
        await Branches(host, "a");
        var api = await host.WithKey(Scopes.InsightsRead);

        var ranking = await (await api.GetAsync(Days)).Json();

        Assert.That(ranking.GetProperty("total").GetProperty("percent").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(ranking.GetProperty("rows")[0].GetProperty("score").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_key_sees_the_ranking_of_its_own_parts_and_nothing_outside()
    {
        await using var host = await CemHost.Run();
        var units = await Branches(host, "a", "b");
        await host.Add([.. Rated(units["a"], 5, 10), .. Rated(units["b"], 5, 10)]);
        await host.Settle();
        var bound = await host.WithBoundKey("a", Scopes.InsightsRead);

        var own = await (await bound.GetAsync(Days)).Json();
        using var other = await bound.GetAsync(Days + "&orgUnit=b");

        Assert.That(own.GetProperty("total").GetProperty("n").GetInt32(), Is.EqualTo(10));
        Assert.That(own.GetProperty("rows").GetArrayLength(), Is.Zero);
        await other.IsProblem(404, "org-unit-not-found");
    }

    [TestCase("&measure=luck", 400, "malformed", "measure")]
    [TestCase("&by=account", 400, "malformed", "by")]
    [TestCase("&by=question", 400, "malformed", "by")]
    [TestCase("&by=role,product", 422, "dimensions", "by")]
    [TestCase("&orgUnit=nowhere", 404, "org-unit-not-found", null)]
    public async Task What_cannot_be_ranked_is_refused(string query, int status, string code, string? parameter)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);

        await (await api.GetAsync(Days + query)).IsProblem(status, code, parameter);
    }
}
