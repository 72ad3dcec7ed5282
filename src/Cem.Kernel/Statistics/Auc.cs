namespace Cem.Kernel.Statistics;

/// <summary>Area under the ROC curve with DeLong's standard error (DeLong, DeLong and Clarke-Pearson 1988).</summary>
public static class Auc
{
    /// <summary>An area and its standard error, which is null with fewer than two of either class.</summary>
    public sealed record Area(double Value, double? Se)
    {
        /// <summary>Normal interval, not truncated to 0..1; null without a standard error.</summary>
        public Interval? Interval(double z) => Se is { } se ? new(Value - z * se, Value + z * se) : null;
    }

    /// <summary>Two areas on the same rows, and the test of their difference.</summary>
    public sealed record Comparison(double Difference, double? Se, double? Z, double? P);

    /// <summary>The area by mid-ranks, so that ties count half.</summary>
    /// <param name="outcomes">Whether each row is an event.</param>
    /// <param name="scores">Higher where an event is likelier.</param>
    /// <returns>null when there are no events or nothing else.</returns>
    public static Area? Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores) =>
        Placements.Of(outcomes, scores) is { } placements
            ? new(placements.Value, Root(Covariance(placements.Events, placements.Events), placements.Events.Length, Covariance(placements.Others, placements.Others), placements.Others.Length))
            : null;

    /// <summary>Compares two scores of the same rows (paired DeLong); null when an area is.</summary>
    public static Comparison? Compare(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores, IReadOnlyList<double> baseline)
    {
        if (Placements.Of(outcomes, scores) is not { } a || Placements.Of(outcomes, baseline) is not { } b) return null;
        double[] events = [.. a.Events.Zip(b.Events, (x, y) => x - y)], others = [.. a.Others.Zip(b.Others, (x, y) => x - y)];
        var difference = a.Value - b.Value;
        var se = Root(Covariance(events, events), events.Length, Covariance(others, others), others.Length);
        double? z = se > 0 ? difference / se : null;
        return new(difference, se, z, z is { } score ? Normal.TwoSidedP(score) : null);
    }

    static double? Root(double? events, int m, double? others, int n) => events is { } e && others is { } o ? Math.Sqrt(e / m + o / n) : null;

    static double? Covariance(double[] a, double[] b)
    {
        if (a.Length < 2) return null;
        double meanA = a.Average(), meanB = b.Average(), sum = 0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
        return sum / (a.Length - 1);
    }

    // For each event the share of others below it, and for each other the share of events above it.
    sealed record Placements(double Value, double[] Events, double[] Others)
    {
        public static Placements? Of(IReadOnlyList<bool> outcomes, IReadOnlyList<double> scores)
        {
            int[] events = [.. Enumerable.Range(0, outcomes.Count).Where(i => outcomes[i])], others = [.. Enumerable.Range(0, outcomes.Count).Where(i => !outcomes[i])];
            if (events.Length == 0 || others.Length == 0) return null;
            var all = MidRanks([.. scores]);
            var amongEvents = MidRanks([.. events.Select(i => scores[i])]);
            var amongOthers = MidRanks([.. others.Select(i => scores[i])]);
            double[] above = [.. events.Select((i, k) => (all[i] - amongEvents[k]) / others.Length)];
            double[] below = [.. others.Select((i, k) => 1 - (all[i] - amongOthers[k]) / events.Length)];
            return new(above.Average(), above, below);
        }

        static double[] MidRanks(double[] values)
        {
            int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
            var ranks = new double[values.Length];
            for (var start = 0; start < order.Length;)
            {
                var end = start + 1;
                while (end < order.Length && values[order[end]] == values[order[start]]) end++;
                for (var k = start; k < end; k++) ranks[order[k]] = (start + end + 1) / 2.0;
                start = end;
            }
            return ranks;
        }
    }
}
