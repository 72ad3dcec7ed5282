using Cem.Server.Features.Insights.Models.Nps;
using Cem.Server.Features.Insights.Models.NpsDifference;

namespace Cem.Server.Features.Insights.Models.NpsTrend;

/// <summary>The answers of one period.</summary>
internal sealed record NpsPeriod(string Name, NpsCounts Counts);

/// <summary>A period against an earlier one: raw difference in points and the adjusted-Wald test of it.</summary>
internal sealed record NpsStep(double Difference, double Z, double P);

/// <summary>Where the exponentially weighted average stands and the limits within which chance keeps it.</summary>
internal sealed record EwmaPoint(double Value, double Low, double High)
{
    public bool Signal => Value < Low || Value > High;
}

/// <summary>The split of the series with the largest difference between all before and all from <paramref name="Index"/> on.</summary>
internal sealed record NpsSplit(int Index, double Z, double Difference);

/// <summary>Change in a series of periods. Empty periods are skipped, never counted as 0.</summary>
internal static class NpsTrendMath
{
    /// <summary>Each period against the last one before it with answers.</summary>
    public static NpsStep?[] AgainstPrevious(IReadOnlyList<NpsPeriod> periods) => AgainstTrailing(periods, 1);

    /// <summary>Each period against the pool of the <paramref name="trailing"/> periods with answers before it; null before there are as many.</summary>
    public static NpsStep?[] AgainstTrailing(IReadOnlyList<NpsPeriod> periods, int trailing)
    {
        var steps = new NpsStep?[periods.Count];
        var earlier = new List<NpsCounts>();
        for (var i = 0; i < periods.Count; i++)
        {
            var current = periods[i].Counts;
            if (current.N == 0) continue;
            if (earlier.Count >= trailing) steps[i] = Compare(current, Sum(earlier.TakeLast(trailing)));
            earlier.Add(current);
        }
        return steps;
    }

    /// <summary>The pool of the first <paramref name="count"/> periods with answers.</summary>
    public static NpsCounts Baseline(IReadOnlyList<NpsPeriod> periods, int count) =>
        Sum(periods.Select(period => period.Counts).Where(counts => counts.N > 0).Take(count));

    /// <summary>
    /// Exponentially weighted moving average of unequal periods: z = λx + (1-λ)z from the baseline on, its variance
    /// λ²σ²/n + (1-λ)²v from 0, limits L standard deviations around the baseline. An empty period changes nothing.
    /// </summary>
    public static EwmaPoint[]? Ewma(IReadOnlyList<NpsPeriod> periods, NpsCounts baseline, double lambda, double width)
    {
        if (baseline is not { Nps: { } centre, Variance: { } perAnswer }) return null;
        var points = new EwmaPoint[periods.Count];
        double value = centre, variance = 0;
        for (var i = 0; i < periods.Count; i++)
        {
            if (periods[i].Counts is { Nps: { } nps } counts)
            {
                value = lambda * nps + (1 - lambda) * value;
                variance = lambda * lambda * 100 * 100 * perAnswer / counts.N + (1 - lambda) * (1 - lambda) * variance;
            }
            var half = width * Math.Sqrt(variance);
            points[i] = new(value, centre - half, centre + half);
        }
        return points;
    }

    /// <summary>
    /// The largest |Wald z| over splits with at least <paramref name="margin"/> periods with answers on each side. Being
    /// the largest of many, it cannot be judged by 1.96: see <see cref="SplitP"/>.
    /// </summary>
    public static NpsSplit? BestSplit(IReadOnlyList<NpsPeriod> periods, int margin)
    {
        NpsSplit? best = null;
        var filled = Enumerable.Range(0, periods.Count).Where(i => periods[i].Counts.N > 0).ToList();
        var all = Sum(periods.Select(period => period.Counts));
        var before = Sum(filled.Take(margin).Select(i => periods[i].Counts));
        for (var k = margin; k <= filled.Count - margin; k++)
        {
            var after = new NpsCounts(all.Promoters - before.Promoters, all.Passives - before.Passives, all.Detractors - before.Detractors);
            if (NpsDifferenceMath.Wald(after, before, 0) is { Z: { } z } test && Math.Abs(z) > Math.Abs(best?.Z ?? 0))
                best = new(filled[k], z, test.Difference);
            before += periods[filled[k]].Counts;
        }
        return best;
    }

    /// <summary>The chance of a split as large as the best one when the order of the periods means nothing, by shuffling them.</summary>
    public static double? SplitP(IReadOnlyList<NpsPeriod> periods, int margin, int permutations, int seed)
    {
        if (BestSplit(periods, margin) is not { } seen) return null;
        var random = new Random(seed);
        var shuffled = periods.Where(period => period.Counts.N > 0).ToArray();
        var asLarge = 1;
        for (var i = 0; i < permutations; i++)
        {
            random.Shuffle(shuffled);
            if (Math.Abs(BestSplit(shuffled, margin)?.Z ?? 0) >= Math.Abs(seen.Z)) asLarge++;
        }
        return asLarge / (permutations + 1.0);
    }

    static NpsStep? Compare(NpsCounts current, NpsCounts baseline) =>
        NpsDifferenceMath.AdjustedWald(current, baseline, 0) is { Z: { } z, P: { } p }
            ? new(current.Nps!.Value - baseline.Nps!.Value, z, p)
            : null;

    static NpsCounts Sum(IEnumerable<NpsCounts> counts) => counts.Aggregate(default(NpsCounts), (sum, one) => sum + one);
}
