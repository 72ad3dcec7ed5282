using Cem.Contracts.Insights;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models;

namespace Cem.Server.Features.Insights.ReadSatisfaction;

/// <summary>From counts by question to satisfaction by the keys asked for.</summary>
static class Satisfactions
{
    const double FalseDiscoveryRate = 0.05;

    /// <summary>Below this expected count the pooled z is not to be trusted.</summary>
    const double SmallestExpected = 5;

    static readonly double Z = Normal.Z(0.95);

    public static readonly Satisfaction None = new(new Dictionary<string, string?>(), null, 0, 0, 0, null, null, null, null, null, null, null, null, true, false, null);

    /// <param name="compare">One of <see cref="Baselines.Known"/>; null for no comparison.</param>
    public static IReadOnlyList<Satisfaction> Of(ScoreQuery scores, string? compare, RatingScales scales, ScoreReader reader)
    {
        var by = scores.By ?? [];
        // By survey and question too: what counts as satisfied is part of the question.
        var detailed = scores with { By = [.. by, ScoreColumns.Survey, ScoreColumns.Question] };
        var baselines = Baselines.Of(compare, scores);
        var earlier = baselines.QueryFor(detailed);
        var cells = reader.Read(earlier is null ? [detailed] : [detailed, earlier], _ => RatingScales.ColumnsOf(scores.Measure));
        var together = cells[0].GroupBy(cell => (cell.Period, Baselines.Key(cell, by.Count))).Select(same => same.ToList()).ToList();
        var before = baselines.For(scores.Period, [.. together.Select(same => same[0])], earlier is null ? [] : cells[1], by.Count, current: cells[0]);
        var rows = together.Select((same, index) => Row(same[0], ShareTally.Of(same, scales), before[index] is { } then ? ShareTally.Of(then, scales) : null, by)).ToArray();
        var tested = Enumerable.Range(0, rows.Length)
            .Where(index => rows[index] is { TooFew: false, Comparison: { P: not null, N: >= Bases.Show } }).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tested.Select(index => rows[index].Comparison!.P!.Value)]);
        foreach (var (index, p) in tested.Zip(adjusted))
            rows[index] = rows[index] with { Comparison = rows[index].Comparison! with { Significant = p < FalseDiscoveryRate } };
        return rows;
    }

    static Satisfaction Row(ScoreGroup cell, ShareTally tally, ShareTally? before, IReadOnlyList<string> by) => new(
        by.Zip(cell.Keys).ToDictionary(pair => pair.First, pair => pair.Second), cell.Period, tally.N, tally.Excluded, tally.Good,
        100 * tally.Share, 100 * tally.Interval?.Lower, 100 * tally.Interval?.Upper, tally.N == 0 ? null : 100.0 * (tally.Good - tally.Bad) / tally.N,
        tally.Mean, tally.MeanInterval?.Lower, tally.MeanInterval?.Upper, tally.Index, tally.N < Bases.Show, tally.N >= Bases.Stable, before is null ? null : Compare(tally, before));

    static ShareComparison Compare(ShareTally now, ShareTally before)
    {
        var interval = Newcombe.Difference(now.Good, now.N, before.Good, before.N, Z);
        var p = now.N == 0 || before.N == 0 ? null
            : ShareTests.SmallestExpected(now.Good, now.N, before.Good, before.N) < SmallestExpected
                ? ShareTests.Fisher(now.Good, now.N, before.Good, before.N)
                : ShareTests.PooledZ(now.Good, now.N, before.Good, before.N) is { } z ? Normal.TwoSidedP(z) : (double?)null;
        var means = now.Variance is { } variance && before.Variance is { } earlier ? Welch.Test(now.Mean!.Value, variance, now.N, before.Mean!.Value, earlier, before.N) : null;
        return new(before.N, 100 * before.Share, 100 * (now.Share - before.Share), 100 * interval?.Lower, 100 * interval?.Upper, p,
            before.Mean, now.Mean - before.Mean, means?.P, false);
    }
}
