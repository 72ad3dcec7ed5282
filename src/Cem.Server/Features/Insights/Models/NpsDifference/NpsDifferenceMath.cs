using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.Nps;

namespace Cem.Server.Features.Insights.Models.NpsDifference;

/// <summary>A comparison of two scores in points: current minus baseline.</summary>
/// <param name="Difference">On the method's own scale: raw for Wald, shrunk by the added answers for adjusted Wald.</param>
/// <param name="Z">Null, like <paramref name="P"/>, where both groups agree without exception and nothing varies.</param>
/// <param name="Interval">Not clamped: it is a difference.</param>
internal sealed record NpsComparison(double Difference, double Se, double? Z, double? P, Interval Interval);

/// <summary>Whether the NPS of two independent groups differs.</summary>
internal static class NpsDifferenceMath
{
    /// <summary>
    /// The default test, adjusted Wald: 3/4, 3/2, 3/4 added in each group (Lewis and Sauro 2021,
    /// measuringu.com/nps-significance-test). Null when a group is empty.
    /// </summary>
    public static NpsComparison? AdjustedWald(NpsCounts current, NpsCounts baseline, double z) =>
        Compare(NpsMath.AdjustedWald(current, 0), NpsMath.AdjustedWald(baseline, 0), z);

    /// <summary>The plain test, which raises about twice the false alarms at small n. Null when a group is empty.</summary>
    public static NpsComparison? Wald(NpsCounts current, NpsCounts baseline, double z) =>
        Compare(NpsMath.Wald(current, 0), NpsMath.Wald(baseline, 0), z);

    /// <summary>The smallest true change, in points, that a two-sided test at alpha finds with the given power.</summary>
    public static double SmallestDetectable(double variance, double n1, double n2, double alpha, double power) =>
        (Normal.Z(1 - alpha) + Normal.Quantile(power)) * 100 * Math.Sqrt(variance / n1 + variance / n2);

    static NpsComparison? Compare(NpsEstimate? current, NpsEstimate? baseline, double z)
    {
        if (current is null || baseline is null) return null;
        var difference = current.Center - baseline.Center;
        var se = Math.Sqrt(current.Se * current.Se + baseline.Se * baseline.Se);
        double? score = se > 0 ? difference / se : null;
        return new(difference, se, score, score is { } s ? Normal.TwoSidedP(s) : null, new(difference - z * se, difference + z * se));
    }
}
