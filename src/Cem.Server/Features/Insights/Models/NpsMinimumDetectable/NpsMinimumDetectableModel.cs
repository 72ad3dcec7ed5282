using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Server.Features.Insights.Models.Nps;
using Cem.Server.Features.Insights.Models.NpsDifference;

namespace Cem.Server.Features.Insights.Models.NpsMinimumDetectable;

/// <summary>The smallest NPS change that a comparison of two samples of given sizes can find.</summary>
internal sealed class NpsMinimumDetectableModel : IModel
{
    public string Name => "nps-minimum-detectable";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. NpsInput.Fields, "nCurrent", "nBaseline", "alpha", "power"]);
        var counts = NpsInput.Counts(read);
        long current = read.Count("nCurrent"), baseline = read.Count("nBaseline");
        double alpha = read.Probability("alpha", 0.05), power = read.Probability("power", 0.8);
        double? change = counts.Variance is { } variance && current > 0 && baseline > 0
            ? NpsDifferenceMath.SmallestDetectable(variance, current, baseline, alpha, power)
            : null;
        List<string> warnings = change is > 200
            ? [read.Words.Say($"More than the whole scale of 200 points: these samples cannot show any change.", $"超过 200 分的全量程：该样本量无法识别任何变化。")]
            : [];
        var sentence = change is { } c
            ? read.Words.Say(
                $"With {current} and {baseline} answers, only a change of {c:0.0} points or more is found with a probability of {read.Words.Percent(power)}.",
                $"当两期样本为 {current} 与 {baseline} 时，只有 {c:0.0} 分以上的变化才能以 {read.Words.Percent(power)} 的把握识别。")
            : read.Words.Say($"Too few answers to say what could be found.", $"样本不足，无法计算。");
        return new(current + baseline, 0, "two-sample normal approximation", warnings, sentence,
            new JsonObject { ["minimumDetectableChange"] = Wire.Number(change) });
    }
}
