using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>How far path coefficients would vary from sample to sample. Paths are in the model's order.</summary>
/// <param name="Skipped">Resamples that could not be estimated.</param>
internal sealed record PathBootstrap(int Resamples, int Skipped, double?[] Se, Interval?[] Intervals)
{
    /// <summary>Draws rows with replacement; the same seed gives the same figures, on any number of processors.</summary>
    public static PathBootstrap Of(PathModel model, ItemData data, PathEstimate estimate, bool standardised, int resamples, int seed, double confidence)
    {
        var draws = new double[resamples][];
        Parallel.For(0, resamples, i =>
        {
            var random = new Random(HashSeed(seed, i));
            int[] rows = [.. Enumerable.Range(0, data.N).Select(_ => random.Next(data.N))];
            draws[i] = data.Covariances(rows, standardised) is { } covariances
                && PathEstimate.Of(model, covariances)?.AlignedTo(estimate, model, covariances) is { } drawn
                ? [.. model.Paths.Select(path => drawn.Coefficients[path.From, path.To])]
                : [];
        });
        List<double[]> good = [.. draws.Where(draw => draw.Length > 0)];
        double? Se(int path)
        {
            if (good.Count < 2) return null;
            var mean = good.Average(draw => draw[path]);
            return Math.Sqrt(good.Sum(draw => (draw[path] - mean) * (draw[path] - mean)) / (good.Count - 1));
        }
        var paths = Enumerable.Range(0, model.Paths.Count);
        return new(resamples, resamples - good.Count, [.. paths.Select(Se)], [.. paths.Select(path => Percentiles.Interval(good.Select(draw => draw[path]), confidence))]);
    }

    // Neighbouring seeds must not give related draws.
    static int HashSeed(int seed, int i) => unchecked((int)((uint)seed * 2654435761u ^ (uint)i * 2246822519u) & int.MaxValue);
}
