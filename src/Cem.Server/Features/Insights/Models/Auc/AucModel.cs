using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Auc;

/// <summary>How well a prediction ranks events above the rest; with <c>pOther</c>, whether it does better than another.</summary>
internal sealed class AucModel : IModel
{
    public string Name => "auc";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "y", "p", "pOther", "confidence");
        var z = Normal.Z(read.Confidence());
        var pairs = OutcomePairs.Read(read, "pOther");
        var area = Kernel.Statistics.Auc.Of(pairs.Y, pairs.P);
        var figures = new JsonObject
        {
            ["auc"] = Wire.Number(area?.Value),
            ["delongSe"] = Wire.Number(area?.Se),
            ["lower"] = Wire.Number(area?.Interval(z)?.Lower),
            ["upper"] = Wire.Number(area?.Interval(z)?.Upper),
            ["events"] = pairs.Y.Count(y => y),
        };
        if (pairs.Other is { } other)
        {
            var comparison = Kernel.Statistics.Auc.Compare(pairs.Y, pairs.P, other);
            figures["aucOther"] = Wire.Number(Kernel.Statistics.Auc.Of(pairs.Y, other)?.Value);
            figures["gain"] = Wire.Number(comparison?.Difference);
            figures["gainSe"] = Wire.Number(comparison?.Se);
            figures["gainP"] = Wire.Number(comparison?.P);
        }
        var sentence = area is null
            ? read.Words.Say($"Only one class, so there is no AUC.", $"只有一个类别，无法计算 AUC。")
            : read.Words.Say($"AUC {area.Value:0.000}: of an event and a non-event, the event is ranked higher with that probability.", $"AUC 为 {area.Value:0.000}：随机取一正一负，正例得分更高的概率。");
        return new(pairs.Y.Length, pairs.Excluded, "AUC by mid-ranks, DeLong standard error", Bases.Warnings(read.Words, pairs.Y.Length), sentence, figures);
    }
}
