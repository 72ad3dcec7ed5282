using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.WilsonMean;

/// <summary>A mean on a bounded scale with small-sample limits on 0..1.</summary>
/// <param name="Conservative">Wilson's interval with the normalised mean as the share: m(1-m) is the largest variance possible (Bhatia and Davis).</param>
/// <param name="SampleVariance">The same with the variance seen (1/n form).</param>
internal sealed record WilsonMeanScore(double Mean, double Normalised, Interval Conservative, Interval SampleVariance);

/// <summary>Wilson-type scores for the mean of ratings.</summary>
internal static class WilsonMeanMath
{
    /// <summary>The score of ratings on smallest..largest at normal quantile z; null without ratings.</summary>
    public static WilsonMeanScore? Score(IReadOnlyList<int> ratings, double smallest, double largest, double z)
    {
        if (ratings.Count == 0) return null;
        double n = ratings.Count, range = largest - smallest;
        var mean = ratings.Average();
        var m = (mean - smallest) / range;
        var variance = ratings.Sum(r => ((r - smallest) / range - m) * ((r - smallest) / range - m)) / n;
        var centre = m + z * z / (2 * n);
        var half = z / (2 * n) * Math.Sqrt(4 * n * variance + z * z);
        var seen = new Interval(centre - half, centre + half).Times(1 / (1 + z * z / n)).Clamp(0, 1);
        return new(mean, m, Wilson.Interval(m * n, n, z)!.Value, seen);
    }
}
