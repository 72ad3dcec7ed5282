using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.WilsonRanking;

/// <summary>A unit to rank: x satisfied of n.</summary>
internal sealed record Branch(string Id, long X, long N);

/// <summary>A unit with its score and place.</summary>
/// <param name="Interval">Wilson's; its lower limit is the score. Null without answers.</param>
/// <param name="Rank">Competition rank 1, 2, 2, 4; null when unranked.</param>
/// <param name="Flag"><c>ok</c>, <c>low_base</c> or <c>no_data</c>.</param>
/// <param name="Tier">Ranked neighbours of one tier do not differ significantly; null when unranked.</param>
/// <param name="Shrunk">The share drawn towards the mean of all units, fairer for decisions about pay.</param>
internal sealed record RankedBranch(Branch Branch, double? Share, Interval? Interval, int? Rank, string Flag, int? Tier, double? Shrunk);

/// <summary>Ranking of units by the lower Wilson limit: with the given confidence, a unit's share is not below its score.</summary>
internal static class WilsonRankingMath
{
    // Scores this near are the same: they come from the same counts by another way of rounding.
    const double SameScore = 1e-12;

    /// <summary>All units in the order given, ranked unless without answers or below <paramref name="minBase"/>.</summary>
    public static IReadOnlyList<RankedBranch> Rank(IReadOnlyList<Branch> branches, double confidence, long minBase)
    {
        var z = Normal.Z(confidence);
        var prior = BetaPrior.ByMoments(branches);
        var units = branches.Select(branch => new RankedBranch(
            branch, branch.N == 0 ? null : (double)branch.X / branch.N, Wilson.Interval(branch.X, branch.N, z), null,
            branch.N == 0 ? "no_data" : branch.N < minBase ? "low_base" : "ok", null, prior?.Shrink(branch))).ToList();
        var ranked = Ordered(units);
        var tiers = Tiers(ranked, 1 - confidence);
        var places = new Dictionary<string, (int Rank, int Tier)>(StringComparer.Ordinal);
        var rank = 1;
        for (var i = 0; i < ranked.Count; i++)
        {
            if (i > 0 && Score(ranked[i - 1]) - Score(ranked[i]) > SameScore) rank = i + 1;
            places[ranked[i].Branch.Id] = (rank, tiers[i]);
        }
        return [.. units.Select(unit => places.TryGetValue(unit.Branch.Id, out var place) ? unit with { Rank = place.Rank, Tier = place.Tier } : unit)];
    }

    /// <summary>The ranked units, best first: score, share, n, id.</summary>
    public static List<RankedBranch> Ordered(IEnumerable<RankedBranch> units) =>
        [.. units.Where(unit => unit.Flag == "ok").OrderByDescending(Score).ThenByDescending(unit => unit.Share)
            .ThenByDescending(unit => unit.Branch.N).ThenBy(unit => unit.Branch.Id, StringComparer.Ordinal)];

    /// <summary>What a naive list would show: all units with answers by their share alone.</summary>
    public static IEnumerable<string> ByShare(IEnumerable<RankedBranch> units) =>
        units.Where(unit => unit.Share is not null).OrderByDescending(unit => unit.Share).ThenByDescending(unit => unit.Branch.N)
            .ThenBy(unit => unit.Branch.Id, StringComparer.Ordinal).Select(unit => unit.Branch.Id);

    static double Score(RankedBranch unit) => unit.Interval!.Value.Lower;

    // A new tier begins where a unit differs from the one ranked just above it, Holm-adjusted over all such pairs.
    static int[] Tiers(List<RankedBranch> ranked, double alpha)
    {
        var p = ranked.Zip(ranked.Skip(1), (a, b) => Compare(a.Branch, b.Branch)).ToList();
        var adjusted = Kernel.Statistics.MultipleTesting.Holm(p);
        var tiers = new int[ranked.Count];
        for (var i = 0; i < tiers.Length; i++) tiers[i] = i == 0 ? 1 : tiers[i - 1] + (adjusted[i - 1] < alpha ? 1 : 0);
        return tiers;
    }

    static double Compare(Branch a, Branch b)
    {
        var small = ShareTests.SmallestExpected(a.X, a.N, b.X, b.N) < 5 && Math.Min(a.N, b.N) <= 1_000_000;
        return (small ? ShareTests.Fisher(a.X, a.N, b.X, b.N) : ShareTests.PooledZ(a.X, a.N, b.X, b.N) is { } z ? Normal.TwoSidedP(z) : null) ?? 1;
    }
}
