using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.Auc;

namespace Cem.Server.Features.Insights.Models.IsotonicCalibration;

/// <summary>Predictions made honest on held-out rows: the non-decreasing step function nearest to the outcomes.</summary>
internal sealed class IsotonicCalibrationModel : IModel
{
    // With fewer rows the steps follow chance, and two parameters (Platt) do better.
    const int Enough = 1000;

    public string Name => "isotonic-calibration";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "p", "y");
        var pairs = OutcomePairs.Read(read);
        // Rows of one prediction must get one value, so they are pooled first.
        var levels = pairs.P.Zip(pairs.Y).GroupBy(pair => pair.First).OrderBy(level => level.Key)
            .Select(level => (P: level.Key, Share: level.Average(pair => pair.Second ? 1.0 : 0.0), Count: level.Count())).ToList();
        var fitted = Isotonic.Fit(levels.ConvertAll(level => level.Share), levels.ConvertAll(level => (double)level.Count));
        var figures = new JsonObject
        {
            ["sortedP"] = Wire.Numbers(levels.SelectMany(level => Enumerable.Repeat(level.P, level.Count))),
            ["calibrated"] = Wire.Numbers(levels.SelectMany((level, k) => Enumerable.Repeat(fitted[k], level.Count))),
        };
        List<string> warnings = pairs.Y.Length < Enough
            ? [read.Words.Say($"Isotonic calibration needs about {Enough} rows; with {pairs.Y.Length} rows prefer Platt's.", $"等值回归校准约需 {Enough} 行；当前 {pairs.Y.Length} 行，建议使用 Platt 校准。")]
            : [];
        return new(pairs.Y.Length, pairs.Excluded, "pool adjacent violators", warnings,
            read.Words.Say($"{pairs.Y.Length} predictions calibrated in {fitted.Distinct().Count()} steps.", $"{pairs.Y.Length} 个预测值校准为 {fitted.Distinct().Count()} 级。"), figures);
    }
}
