using System.Text.Json;

namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>
/// The satisfaction-recommendation model: a PLS path model of the CCSI family, by default perceived quality and value
/// to satisfaction to recommendation, with bootstrap, quality figures and the 0-100 indices.
/// </summary>
internal sealed class SatisfactionRecommendationModel : IModel
{
    const int FewestResamples = 500;

    public string Name => "satisfaction-recommendation";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. PathInput.Fields, "resamples", "seed", "confidence"]);
        int resamples = read.Whole("resamples", 0, 5000, 2000), seed = read.Whole("seed", 0, int.MaxValue, 1);
        if (resamples is > 0 and < FewestResamples) throw read.Refuse("resamples", ModelRefusal.OutOfRange, $"resamples is 0 or from {FewestResamples} to 5000, not {resamples}.");
        var confidence = read.Confidence();
        var given = PathInput.Read(read);
        var (model, data) = (given.Model, given.Data);
        int[] rows = [.. Enumerable.Range(0, data.N)];
        var covariances = data.Covariances(rows, given.Standardised) ?? throw read.Refuse("data", ModelRefusal.NotComputable, "An item does not vary.");
        var correlations = given.Standardised ? covariances : data.Covariances(rows, standardised: true)!;
        var estimate = PathEstimate.Of(model, covariances)
            ?? throw read.Refuse("", ModelRefusal.NotComputable, "The model did not converge: constructs that cause the same one may be collinear, or blocks may have nothing in common.");
        var bootstrap = resamples > 0 ? PathBootstrap.Of(model, data, estimate, given.Standardised, resamples, seed, confidence) : null;
        var results = new PathResults(model, data, estimate, correlations, given.Standardised, given.Scale);
        var warnings = given.Warnings;
        warnings.AddRange(results.Warnings(read.Words));
        if (bootstrap is { Skipped: > 0 }) warnings.Add(read.Words.Say($"{bootstrap.Skipped} of {resamples} resamples could not be estimated.", $"{resamples} 次重抽样中有 {bootstrap.Skipped} 次无法估计。"));
        var metric = given.Standardised ? "standardised" : "raw";
        return new(data.N, data.Excluded, $"PLS path model, {model.Scheme.ToString().ToLowerInvariant()} scheme, {metric} items", warnings,
            results.Sentence(read.Words), results.ToJson(bootstrap, seed));
    }
}
