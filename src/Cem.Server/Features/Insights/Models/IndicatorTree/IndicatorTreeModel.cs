using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.IndicatorTree;

/// <summary>Every node of an indicator tree with score, coverage and standard error, and its weight in the root.</summary>
internal sealed class IndicatorTreeModel : IModel
{
    public string Name => "indicator-tree";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. IndicatorTreeInput.Fields, "minCoverage"]);
        var minCoverage = read.Number("minCoverage", 0, 1, 0.5);
        var root = IndicatorTreeInput.Read(read);
        var scores = WeightedTree.Score(root, minCoverage);
        var weights = WeightedTree.GlobalWeights(root);
        List<string> ids = [.. root.All().Select(node => node.Id)];
        int leaves = root.Leaves().Count(), measured = root.Leaves().Count(leaf => leaf.Score is not null);
        var top = scores[root.Id];
        var missing = root.Leaves().Where(leaf => leaf.Score is null).Select(leaf => leaf.Id).ToList();
        List<string> warnings = missing.Count > 0
            ? [read.Words.Say($"Not measured: {string.Join(", ", missing.Take(20))}. Coverage {read.Words.Percent(top.Coverage)}: a gap can read as an improvement.", $"未测量：{string.Join("、", missing.Take(20))}。覆盖率 {read.Words.Percent(top.Coverage)}，缺口可能被误读为改善。")]
            : [];
        var sentence = top.Score is { } score
            ? read.Words.Say($"{root.Id} stands at {score:0.0} with {read.Words.Percent(top.Coverage)} of its weight measured; roll-up is by weight, not by answers.", $"{root.Id} 得分 {score:0.0}，覆盖率 {read.Words.Percent(top.Coverage)}（按权重汇总，而非按样本量）。")
            : read.Words.Say($"Too little of {root.Id} is measured for a score (coverage {read.Words.Percent(top.Coverage)}).", $"{root.Id} 已测部分不足，无法得分（覆盖率 {read.Words.Percent(top.Coverage)}）。");
        return new(measured, leaves - measured, "weighted roll-up", warnings, sentence, new JsonObject
        {
            ["nodes"] = Wire.Named(ids, i => new JsonObject
            {
                ["score"] = Wire.Number(scores[ids[i]].Score),
                ["coverage"] = Wire.Number(scores[ids[i]].Coverage),
                ["se"] = Wire.Number(scores[ids[i]].Se),
            }),
            ["globalWeights"] = Wire.Named(ids, i => Wire.Number(weights[ids[i]])),
        });
    }
}
