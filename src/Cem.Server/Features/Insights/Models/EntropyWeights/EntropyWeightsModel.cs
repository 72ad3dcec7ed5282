using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.EntropyWeights;

/// <summary>Weights of indicators by how much they tell units apart: rows are units, columns indicators, larger is better.</summary>
internal sealed class EntropyWeightsModel : IModel
{
    public string Name => "entropy-weights";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "matrix");
        var given = read.Rows("matrix");
        if (given.Count == 0 || given[0].Count == 0) throw read.Refuse("matrix", ModelRefusal.OutOfRange, "matrix must have at least one row and one column.");
        var rows = given.Where(row => row.All(cell => cell is not null)).Select(row => row.Select(cell => cell!.Value).ToArray()).ToList();
        var weights = rows.Count == 0 ? null : Entropy.Weights(rows);
        List<string> warnings = rows.Count is 1 or 2
            ? [read.Words.Say($"With {rows.Count} units the weights say little.", $"仅有 {rows.Count} 个单元，权重意义有限。")]
            : [];
        var sentence = weights is null
            ? read.Words.Say($"No complete row, so there are no weights.", $"没有完整的数据行，无法计算权重。")
            : read.Words.Say(
                $"Indicator {Array.IndexOf(weights, weights.Max()) + 1} of {weights.Length} tells the {rows.Count} units apart best (weight {weights.Max():0.000}).",
                $"在 {rows.Count} 个单元中，第 {Array.IndexOf(weights, weights.Max()) + 1} 个指标区分度最高（权重 {weights.Max():0.000}）。");
        return new(rows.Count, given.Count - rows.Count, "entropy weights on min-max values", warnings, sentence,
            new JsonObject { ["weights"] = weights is null ? null : Wire.Numbers(weights) });
    }
}
