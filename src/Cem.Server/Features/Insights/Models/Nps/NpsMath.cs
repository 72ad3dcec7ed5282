using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Nps;

/// <summary>Intervals of the net promoter score. Scores and standard errors are in points, variances on -1..1.</summary>
internal static class NpsMath
{
    /// <summary>
    /// The default interval, adjusted Wald: 3/4 promoter, 3/2 passives and 3/4 detractor are added first (Rocks 2016,
    /// Am. Stat. 70:365-372). It is shown with the raw score, on which it is not centred. Null without answers.
    /// </summary>
    public static NpsEstimate? AdjustedWald(NpsCounts counts, double z) =>
        counts.N == 0 ? null : Estimate(counts.Promoters + 0.75, counts.Detractors + 0.75, counts.N + 3.0, z);

    /// <summary>The plain trinomial interval: too narrow for small n, of width 0 when all answers agree.</summary>
    public static NpsEstimate? Wald(NpsCounts counts, double z) =>
        counts.N == 0 ? null : Estimate(counts.Promoters, counts.Detractors, counts.N, z);

    /// <summary>Per-answer variance p + d - (p-d)² on -1..1.</summary>
    public static double Variance(double promoters, double detractors, double n)
    {
        double p = promoters / n, d = detractors / n;
        // Rounding must not leave -1e-17, of which there is no root.
        return Math.Max(0, p + d - (p - d) * (p - d));
    }

    static NpsEstimate Estimate(double promoters, double detractors, double n, double z)
    {
        var nps = 100 * (promoters - detractors) / n;
        var se = 100 * Math.Sqrt(Variance(promoters, detractors, n) / n);
        return new(nps, se, new Interval(nps - z * se, nps + z * se).Clamp(-100, 100));
    }
}
