using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.RepurchaseLoss;

/// <summary>How much likelier than average customers with a bad experience are to reduce or stop.</summary>
internal sealed class RepurchaseLossModel : IModel
{
    public string Name => "repurchase-loss";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "badLost", "badN", "otherLost", "otherN", "confidence");
        var confidence = read.Confidence();
        var counts = new LossCounts(read.Count("badLost"), read.Count("badN"), read.Count("otherLost"), read.Count("otherN"));
        if (counts.BadLost > counts.BadN) throw read.Refuse("badLost", ModelRefusal.OutOfRange, $"badLost must not be above badN = {counts.BadN}, and is {counts.BadLost}.");
        if (counts.OtherLost > counts.OtherN) throw read.Refuse("otherLost", ModelRefusal.OutOfRange, $"otherLost must not be above otherN = {counts.OtherN}, and is {counts.OtherLost}.");
        var result = RepurchaseLossMath.Ratio(counts, Normal.Z(confidence));
        var figures = new JsonObject
        {
            ["lossRateBad"] = Wire.Number(result.BadRate),
            ["lossRateAverage"] = Wire.Number(result.AverageRate),
            ["ratio"] = Wire.Number(result.Ratio),
            ["logSe"] = Wire.Number(result.LogSe),
            ["lower"] = Wire.Number(result.Interval?.Lower),
            ["upper"] = Wire.Number(result.Interval?.Upper),
            ["relativeRiskVsRest"] = Wire.Number(result.RelativeRisk),
        };
        var sentence = result.Ratio is not { } ratio
            ? read.Words.Say($"Too little data for a ratio.", $"样本不足，无法计算复购损失比。")
            : result.Interval is not { } interval
                ? read.Words.Say($"Nobody with a bad experience was lost.", $"体验差的客户无一流失。")
                : read.Words.Say(
                    $"Customers with a bad experience are lost {ratio:0.00} times as often as average ({read.Words.Percent(confidence)} interval {interval.Lower:0.00} to {interval.Upper:0.00}).",
                    $"体验差的客户流失率为平均水平的 {ratio:0.00} 倍（{read.Words.Percent(confidence)} 区间 {interval.Lower:0.00} 至 {interval.Upper:0.00}）。");
        return new(counts.BadN + counts.OtherN, 0, "ratio to the average, delta method with overlap", Bases.Warnings(read.Words, counts.BadN), sentence, figures);
    }
}
