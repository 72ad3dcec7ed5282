using MathNet.Numerics.LinearAlgebra;

namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>Reliability of one construct. All are 1 for a single item.</summary>
/// <param name="Ave">Average variance extracted.</param>
/// <param name="RhoC">Dillon-Goldstein, composite reliability from the loadings.</param>
/// <param name="Alpha">Cronbach, standardised.</param>
/// <param name="RhoA">Dijkstra-Henseler.</param>
internal sealed record Reliability(double Ave, double RhoC, double Alpha, double RhoA);

/// <summary>Whether constructs are measured well, and can be told apart.</summary>
internal static class PathQuality
{
    /// <param name="loadings">Correlations of the items with their construct.</param>
    /// <param name="weights">Weights of standardised items that give scores of variance 1.</param>
    /// <param name="correlations">Of the construct's items.</param>
    public static Reliability Of(double[] loadings, double[] weights, Matrix<double> correlations)
    {
        var k = loadings.Length;
        if (k == 1) return new(1, 1, 1, 1);
        double sum = loadings.Sum(), squares = loadings.Sum(l => l * l);
        var all = correlations.Enumerate().Sum();
        double ww = weights.Sum(w => w * w), between = 0, outer = 0;
        for (var i = 0; i < k; i++)
            for (var j = 0; j < k; j++)
                if (i != j)
                {
                    between += weights[i] * weights[j] * correlations[i, j];
                    outer += weights[i] * weights[i] * weights[j] * weights[j];
                }
        return new(squares / k, sum * sum / (sum * sum + k - squares), k / (k - 1.0) * (1 - k / all), ww * ww * between / outer);
    }

    /// <summary>
    /// Heterotrait-monotrait ratio of two blocks (Henseler, Ringle and Sarstedt 2015) of absolute correlations, so that a
    /// reversed item does not hide an overlap; a single item agrees with itself.
    /// </summary>
    public static double Htmt(Matrix<double> correlations, IReadOnlyList<int> a, IReadOnlyList<int> b) =>
        Mean(a.SelectMany(_ => b, (i, j) => Math.Abs(correlations[i, j]))) / Math.Sqrt(Within(correlations, a) * Within(correlations, b));

    static double Within(Matrix<double> correlations, IReadOnlyList<int> items) =>
        items.Count == 1 ? 1 : Mean(items.SelectMany(_ => items, (i, j) => (i, j)).Where(pair => pair.i < pair.j).Select(pair => Math.Abs(correlations[pair.i, pair.j])));

    static double Mean(IEnumerable<double> values) => values.Average();
}
