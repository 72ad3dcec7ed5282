using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Csat;

/// <summary>Satisfaction on a scale 1..k. Shares, net and index are 0..100; what has no data is null.</summary>
/// <param name="TopInterval">Wilson's interval of the top share, 0..100.</param>
/// <param name="MeanInterval">Student's interval of the mean, unclamped; null below two answers.</param>
/// <param name="Index">100 (mean - 1) / (k - 1).</param>
internal sealed record CsatScore(
    int N, int TopCount, double? Top, Interval? TopInterval, double? Bottom, double? Net,
    double? Mean, double? Sd, Interval? MeanInterval, double? Index);

/// <summary>Customer satisfaction from ratings 1..k.</summary>
internal static class CsatMath
{
    /// <summary>How many of the best options count as satisfied when the question does not say: 1 of 3, 2 of 5 or 7, 3 of 10.</summary>
    public static int DefaultTopBox(int scaleMax) => scaleMax switch { <= 4 => 1, < 10 => 2, _ => 3 };

    /// <summary>The score of valid ratings.</summary>
    /// <param name="ratings">Whole numbers 1..<paramref name="scaleMax"/>.</param>
    /// <param name="topBox">How many of the best options count as satisfied, and as many of the worst as dissatisfied.</param>
    public static CsatScore Score(IReadOnlyList<int> ratings, int scaleMax, int topBox, double confidence)
    {
        var n = ratings.Count;
        if (n == 0) return new(0, 0, null, null, null, null, null, null, null, null);
        int top = ratings.Count(r => r > scaleMax - topBox), bottom = ratings.Count(r => r <= topBox);
        var mean = ratings.Average();
        double? sd = n > 1 ? Math.Sqrt(ratings.Sum(r => (r - mean) * (r - mean)) / (n - 1)) : null;
        Interval? interval = sd is { } s && StudentT.T(confidence, n - 1) * s / Math.Sqrt(n) is var half ? new(mean - half, mean + half) : null;
        return new(n, top, 100.0 * top / n, Wilson.Interval(top, n, Normal.Z(confidence))?.Times(100), 100.0 * bottom / n,
            100.0 * (top - bottom) / n, mean, sd, interval, 100 * (mean - 1) / (scaleMax - 1));
    }
}
