namespace Cem.Server.Features.Insights.Models.SatisfactionIndex;

/// <summary>Customer satisfaction index of the ACSI family (Fornell et al. 1996, J. Marketing 60:7-18).</summary>
internal static class SatisfactionIndexMath
{
    /// <summary>100 Σw(x̄ - min) / (Σw (max - min)) with unstandardised weights; their sum must not be 0.</summary>
    public static double Index(IReadOnlyList<double> means, IReadOnlyList<double> weights, double smallest, double largest) =>
        100 * means.Zip(weights, (mean, weight) => weight * (mean - smallest)).Sum() / (weights.Sum() * (largest - smallest));
}
