using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.RepurchaseLoss;

/// <summary>How many customers of two groups reduced or stopped (or, for the mirror figure, increased).</summary>
internal sealed record LossCounts(long BadLost, long BadN, long OtherLost, long OtherN);

/// <summary>The repurchase-loss ratio; what has no data is null.</summary>
/// <param name="Ratio">Rate among those with a bad experience over the rate of everybody, who include them.</param>
/// <param name="LogSe">Of the ratio's logarithm.</param>
/// <param name="RelativeRisk">Against the rest only: another figure, always further from 1.</param>
internal sealed record LossRatio(double? BadRate, double? AverageRate, double? Ratio, double? LogSe, Interval? Interval, double? RelativeRisk);

/// <summary>P(lost | bad experience) / P(lost | everybody), "three times the average".</summary>
internal static class RepurchaseLossMath
{
    /// <summary>Delta method on the log scale with the overlap of the two groups accounted for, group sizes fixed.</summary>
    public static LossRatio Ratio(LossCounts counts, double z)
    {
        double n = counts.BadN + counts.OtherN;
        double? bad = counts.BadN > 0 ? (double)counts.BadLost / counts.BadN : null;
        double? other = counts.OtherN > 0 ? (double)counts.OtherLost / counts.OtherN : null;
        double? average = n > 0 ? (counts.BadLost + counts.OtherLost) / n : null;
        double? ratio = average > 0 ? bad / average : null;
        var logSe = ratio > 0 ? LogSe(counts.BadN / n, bad!.Value, other ?? 0, average!.Value, counts) : (double?)null;
        Interval? interval = ratio is { } r && logSe is { } se ? new(r * Math.Exp(-z * se), r * Math.Exp(z * se)) : null;
        return new(bad, average, ratio, logSe, interval, other > 0 ? bad / other : null);
    }

    static double LogSe(double share, double bad, double other, double average, LossCounts counts)
    {
        var direct = 1 / bad - share / average;
        var indirect = (1 - share) / average;
        var variance = direct * direct * bad * (1 - bad) / counts.BadN;
        if (counts.OtherN > 0) variance += indirect * indirect * other * (1 - other) / counts.OtherN;
        return Math.Sqrt(variance);
    }
}
