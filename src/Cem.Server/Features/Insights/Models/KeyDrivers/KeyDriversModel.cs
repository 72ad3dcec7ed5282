using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.KeyDrivers;

/// <summary>What drives an outcome: regression, and the LMG and Johnson shares of R²; of rows, or of correlations alone.</summary>
internal sealed class KeyDriversModel : IModel
{
    public string Name => "key-drivers";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. DriverData.Fields, "correlations", "outcomeCorrelations", "n", "resamples", "seed", "confidence"]);
        if (read.Has("correlations")) return DriverCorrelations.Answer(read);
        int resamples = read.Whole("resamples", 0, 2000, 0), seed = read.Whole("seed", 0, int.MaxValue, 1);
        var confidence = read.Confidence();
        var data = DriverData.Read(read);
        var warnings = DriverChecks.Refuse(read, data);
        var influence = KeyDriversMath.Influence(data) ?? throw read.Refuse("drivers", ModelRefusal.NotComputable, "No driver varies, so none can be told to matter.");
        var varying = KeyDriversMath.Varying(data);
        var fit = LeastSquares.Of([.. varying.Select(j => data.Columns[j])], data.Outcome)!;
        warnings.AddRange(DriverChecks.Warnings(read.Words, data, influence));

        LeastSquares.Coefficient? Coefficient(int driver) => IndexOf(varying, driver) is >= 0 and var k ? fit.Coefficients[k + 1] : null;
        JsonObject Named(Func<int, double?> value) => Wire.Named(data.Drivers, j => Wire.Number(value(j)));
        JsonObject? Shares(double?[]? values) => values is null ? null : Wire.Named(data.Drivers, values);
        var outcomeSd = Sd(data.Outcome);
        var figures = new JsonObject
        {
            ["r2"] = Wire.Number(fit.R2),
            ["r2Adj"] = Wire.Number(fit.AdjustedR2),
            ["intercept"] = Wire.Number(fit.Coefficients[0].Value),
            ["coefficients"] = Named(j => Coefficient(j)?.Value),
            ["standardErrors"] = Named(j => Coefficient(j)?.StandardError),
            ["t"] = Named(j => Coefficient(j)?.T),
            ["p"] = Named(j => Coefficient(j)?.P),
            ["standardisedBeta"] = Named(j => Coefficient(j)?.Value * Sd(data.Columns[j]) / outcomeSd),
            ["correlation"] = Shares(influence.Correlation),
            ["vif"] = Shares(influence.Vif),
            ["johnson"] = Shares(influence.Johnson),
            ["johnsonPercent"] = Shares(DriverInfluence.Percent(influence.Johnson, influence.R2)),
            ["lmg"] = Shares(influence.Lmg),
            ["lmgPercent"] = Shares(DriverInfluence.Percent(influence.Lmg, influence.R2)),
            ["last"] = Shares(influence.Last),
        };
        if (resamples > 0) figures["stability"] = Stability(data, resamples, seed, confidence);
        var shares = influence.Shares;
        var first = Enumerable.Range(0, shares.Length).MaxBy(j => shares[j] ?? -1);
        var sentence = read.Words.Say(
            $"{data.Drivers[first]} has the largest influence ({read.Words.Percent((shares[first] ?? 0) / Math.Max(influence.R2, double.Epsilon))} of the R2 of {influence.R2:0.00}); association, not cause.",
            $"{data.Drivers[first]} 影响最大（占 R2={influence.R2:0.00} 的 {read.Words.Percent((shares[first] ?? 0) / Math.Max(influence.R2, double.Epsilon))}）；为相关而非因果。");
        return new(data.N, data.Excluded, influence.Lmg is null ? "Johnson relative weights, OLS" : "LMG (Shapley of R2), Johnson relative weights, OLS", warnings, sentence, figures);
    }

    static JsonObject Stability(DriverData data, int resamples, int seed, double confidence)
    {
        // All subsets of many drivers, times the resamples, would take minutes.
        var (intervals, skipped) = KeyDriversMath.Bootstrap(data, data.Drivers.Count > 12 ? Math.Min(resamples, 100) : resamples, seed, confidence);
        return new()
        {
            ["percentLower"] = Wire.Named(data.Drivers, j => Wire.Number(intervals[j]?.Lower)),
            ["percentUpper"] = Wire.Named(data.Drivers, j => Wire.Number(intervals[j]?.Upper)),
            ["skipped"] = skipped,
            ["seed"] = seed,
        };
    }

    static double Sd(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    static int IndexOf(IReadOnlyList<int> list, int item)
    {
        for (var k = 0; k < list.Count; k++)
            if (list[k] == item) return k;
        return -1;
    }
}
