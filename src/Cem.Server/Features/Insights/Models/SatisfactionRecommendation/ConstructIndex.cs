namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>A construct on 0-100 (Fornell et al. 1996): its mean, its spread over respondents and the items' shares in it.</summary>
internal sealed record ConstructIndex(double Index, double Sd, double[] Weights)
{
    /// <summary>From weights of standardised items, divided by the items' standard deviations and scaled to a sum of 1.</summary>
    public static ConstructIndex Of(ItemData data, Construct construct, double[] standardisedWeights, int smallest, int largest)
    {
        double[] own = [.. standardisedWeights.Select((weight, i) => weight / data.Sd(construct.Items[i]))];
        var sum = own.Sum();
        double[] weights = [.. own.Select(weight => weight / sum)];
        double[] scores = [.. Enumerable.Range(0, data.N).Select(row =>
            100 * weights.Select((weight, i) => weight * (data.Columns[construct.Items[i]][row] - smallest)).Sum() / (largest - smallest))];
        var mean = scores.Average();
        return new(mean, Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (data.N - 1)), weights);
    }
}
