using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Ces;

/// <summary>Customer effort. Shares and the net are in percent; what has no data is null.</summary>
internal sealed record CesScore(
    int N, double? Mean, double? Easy, Interval? EasyInterval, double? Difficult, double? Net, double? NetSe);

/// <summary>Customer effort score (Dixon et al. 2013): options above the middle are easy, below it difficult; 5-7 and 1-3 of 7.</summary>
internal static class CesMath
{
    /// <summary>The score of valid ratings 1..<paramref name="scaleMax"/>.</summary>
    /// <param name="higherIsEasier">True for agreement that it was easy (CES 2.0), false for the older scale of effort.</param>
    public static CesScore Score(IReadOnlyList<int> ratings, int scaleMax, bool higherIsEasier, double confidence)
    {
        var n = ratings.Count;
        if (n == 0) return new(0, null, null, null, null, null, null);
        int high = ratings.Count(r => 2 * r > scaleMax + 1), low = ratings.Count(r => 2 * r < scaleMax + 1);
        var (easy, difficult) = higherIsEasier ? (high, low) : (low, high);
        double e = (double)easy / n, d = (double)difficult / n;
        var variance = Math.Max(0, e + d - (e - d) * (e - d));
        return new(n, ratings.Average(), 100 * e, Wilson.Interval(easy, n, Normal.Z(confidence))?.Times(100), 100 * d,
            100.0 * (easy - difficult) / n, 100 * Math.Sqrt(variance / n));
    }
}
