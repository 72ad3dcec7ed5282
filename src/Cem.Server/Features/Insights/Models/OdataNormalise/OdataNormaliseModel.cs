using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.OdataNormalise;

/// <summary>An operational value on 0-100 between its goalposts; lower is better where worst is above best.</summary>
internal sealed class OdataNormaliseModel : IModel
{
    public string Name => "odata-normalise";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "value", "worst", "best");
        double worst = read.Number("worst"), best = read.Number("best");
        if (worst == best) throw read.Refuse("best", ModelRefusal.Inconsistent, FormattableString.Invariant($"worst and best must differ; both are {best}."));
        var score = read.NumberOrNull("value") is { } value ? Goalposts.Score(value, worst, best) : (double?)null;
        var sentence = score is { } s
            ? read.Words.Say($"{s:0.0} of 100 between worst {worst} and best {best}.", $"{s:0.0} 分（满分 100，最差 {worst}，最好 {best}）。")
            : read.Words.Say($"No value, so there is no score.", $"没有数值，无法计算得分。");
        return new(score is null ? 0 : 1, score is null ? 1 : 0, "goalposts, clamped", [], sentence, new JsonObject { ["score"] = Wire.Number(score) });
    }
}
