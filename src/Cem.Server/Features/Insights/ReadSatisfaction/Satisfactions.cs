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

    public static readonly Satisfaction None = new(new Dictionary<string, string?>(), null, 0, 0, 0, null, null, null, null, null, null, true, false, null);

    /// <param name="cells">Grouped by the keys, then survey and question.</param>
    /// <param name="before">The same of the days before, without periods; null for no comparison.</param>
    public static IReadOnlyList<Satisfaction> Of(
        IReadOnlyList<ScoreGroup> cells, IReadOnlyList<ScoreGroup>? before, IReadOnlyList<string> by, RatingScales scales, string measure)
    {
        var baselines = before?.ToLookup(cell => Key(cell, by.Count));
        var rows = cells.GroupBy(cell => (cell.Period, Key(cell, by.Count))).Select(same => Row(
            same.First(), Sum(same, scales, measure), baselines is null ? null : Sum(baselines[same.Key.Item2], scales, measure), by)).ToArray();
        var tested = Enumerable.Range(0, rows.Length)
            .Where(index => rows[index] is { TooFew: false, Comparison: { P: not null, N: >= Bases.Show } }).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tested.Select(index => rows[index].Comparison!.P!.Value)]);
        foreach (var (index, p) in tested.Zip(adjusted))
            rows[index] = rows[index] with { Comparison = rows[index].Comparison! with { Significant = p < FalseDiscoveryRate } };
        return rows;
    }

    static Satisfaction Row(ScoreGroup cell, Tally tally, Tally? before, IReadOnlyList<string> by)
    {
        var interval = Wilson.Interval(tally.Satisfied, tally.N, Z);
        return new(by.Zip(cell.Keys).ToDictionary(pair => pair.First, pair => pair.Second), cell.Period, tally.N, tally.Excluded, tally.Satisfied,
            tally.Share, 100 * interval?.Lower, 100 * interval?.Upper, tally.N == 0 ? null : 100.0 * (tally.Satisfied - tally.Bad) / tally.N,
            tally.N == 0 || tally.Most is null ? null : tally.Sum / tally.N, tally.N == 0 ? null : 100 * tally.Scaled / tally.N,
            tally.N < Bases.Show, tally.N >= Bases.Stable, before is null ? null : Compare(tally, before));
    }

    static ShareComparison Compare(Tally now, Tally before)
    {
        var interval = Newcombe.Difference(now.Satisfied, now.N, before.Satisfied, before.N, Z);
        var p = now.N == 0 || before.N == 0 ? null
            : ShareTests.SmallestExpected(now.Satisfied, now.N, before.Satisfied, before.N) < SmallestExpected
                ? ShareTests.Fisher(now.Satisfied, now.N, before.Satisfied, before.N)
                : ShareTests.PooledZ(now.Satisfied, now.N, before.Satisfied, before.N) is { } z ? Normal.TwoSidedP(z) : (double?)null;
        return new(before.N, before.Share, now.Share - before.Share, 100 * interval?.Lower, 100 * interval?.Upper, p, false);
    }

    static Tally Sum(IEnumerable<ScoreGroup> cells, RatingScales scales, string measure)
    {
        var tally = new Tally();
        foreach (var cell in cells)
            tally.Add(cell, scales.Of(measure, cell.Keys[^2], cell.Keys[^1]));
        return tally;
    }

    static string Key(ScoreGroup cell, int keys) => string.Join('\u001f', cell.Keys.Take(keys).Select(key => key ?? "\u001e"));

    sealed class Tally
    {
        bool mixed;

        public int N { get; private set; }

        public int Excluded { get; private set; }

        public int Satisfied { get; private set; }

        public int Bad { get; private set; }

        public double Sum { get; private set; }

        /// <summary>Sum of the ratings, each from 0 to 1 on its own scale.</summary>
        public double Scaled { get; private set; }

        /// <summary>The best rating; null where scales are mixed.</summary>
        public int? Most { get; private set; }

        public double? Share => N == 0 ? null : 100.0 * Satisfied / N;

        public void Add(ScoreGroup cell, RatingScale scale)
        {
            mixed |= Most is { } most && most != scale.Most;
            Most = mixed ? null : scale.Most;
            Excluded += cell.Counts.Excluded;
            for (var rating = 1; rating < cell.Counts.Bins.Length; rating++)
            {
                var count = cell.Counts[rating];
                if (rating > scale.Most)
                {
                    // A rating beyond its question's scale is no answer.
                    Excluded += count;
                    continue;
                }
                N += count;
                Satisfied += scale.Satisfied.Contains(rating) ? count : 0;
                Bad += scale.IsBad(rating) ? count : 0;
                Sum += (double)count * rating;
                Scaled += count * (rating - 1.0) / (scale.Most - 1);
            }
        }
    }
}
