namespace Cem.Kernel.Statistics;

/// <summary>Percentiles of draws.</summary>
public static class Percentiles
{
    /// <summary>The quantile by linear interpolation between order statistics (type 7 of R); null without values.</summary>
    public static double? Quantile(IReadOnlyList<double> sorted, double p)
    {
        if (sorted.Count == 0) return null;
        var at = p * (sorted.Count - 1);
        var below = (int)Math.Floor(at);
        return below + 1 < sorted.Count ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /// <summary>The two-sided percentile interval of unsorted draws; null without values.</summary>
    public static Interval? Interval(IEnumerable<double> draws, double confidence)
    {
        double[] sorted = [.. draws.Order()];
        return Quantile(sorted, (1 - confidence) / 2) is { } low && Quantile(sorted, (1 + confidence) / 2) is { } high ? new(low, high) : null;
    }
}
