using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.IndicatorTree;

namespace Cem.Server.Features.Insights.Models.IndicatorContribution;

/// <summary>
/// Which leaves moved the root of an indicator tree: weight in the root times change. Where a leaf has data in only one
/// of the two periods, both are computed on the leaves they share.
/// </summary>
internal sealed class IndicatorContributionModel : IModel
{
    public string Name => "indicator-contribution";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. IndicatorTreeInput.Fields, "newScores", "minCoverage"]);
        var minCoverage = read.Number("minCoverage", 0, 1, 0.5);
        var before = IndicatorTreeInput.Read(read);
        var given = read.Map("newScores");
        var leaves = before.Leaves().ToDictionary(leaf => leaf.Id, StringComparer.Ordinal);
        foreach (var id in given.Names)
            if (!leaves.ContainsKey(id)) throw given.Refuse(id, ModelRefusal.Inconsistent, $"The tree has no leaf \"{id}\".");
        var changed = given.Names.ToDictionary(id => id, given.NumberOrNull, StringComparer.Ordinal);
        var change = WeightedTree.Contributions(before, leaf => changed.TryGetValue(leaf.Id, out var score) ? score : leaf.Score, minCoverage);
        var (rootBefore, rootAfter, unshared) = (change.Before, change.After, change.Unshared);
        var ids = given.Names;

        List<string> warnings = unshared.Count > 0
            ? [read.Words.Say($"Measured in one period only, and left out of both: {string.Join(", ", unshared)}.", $"仅在一期有数据，两期均未计入：{string.Join("、", unshared)}。")]
            : [];
        var shared = leaves.Values.Count(leaf => leaf.Score is not null && !unshared.Contains(leaf.Id));
        var sentence = rootAfter - rootBefore is { } moved
            ? read.Words.Say($"{before.Id} went from {rootBefore:0.0} to {rootAfter:0.0} ({moved:+0.00;-0.00;0.00}); {ids.Count} leaves moved it.", $"{before.Id} 由 {rootBefore:0.0} 变为 {rootAfter:0.0}({moved:+0.00;-0.00;0.00}),{ids.Count} 个指标有变动。")
            : read.Words.Say($"Too little of {before.Id} is measured in both periods to tell what moved it.", $"{before.Id} 两期共同测量的部分不足，无法分解。");
        return new(shared, leaves.Count - shared, "weight in the root times change", warnings, sentence, new JsonObject
        {
            ["rootBefore"] = Wire.Number(rootBefore),
            ["rootAfter"] = Wire.Number(rootAfter),
            ["contribution"] = Wire.Named(ids, i => Wire.Number(change.ByLeaf[ids[i]])),
        });
    }
}
