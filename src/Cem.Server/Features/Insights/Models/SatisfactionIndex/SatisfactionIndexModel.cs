using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cem.Server.Features.Insights.Models.SatisfactionIndex;

/// <summary>The 0-100 index of several items by their weights. An item without a mean is left out with its weight.</summary>
internal sealed class SatisfactionIndexModel : IModel
{
    public string Name => "satisfaction-index";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "itemMeans", "weights", "scaleMin", "scaleMax");
        double smallest = read.Number("scaleMin", 1), largest = read.Number("scaleMax", 10);
        if (smallest >= largest) throw read.Refuse("scaleMax", ModelRefusal.Inconsistent, FormattableString.Invariant($"scaleMax must be above scaleMin = {smallest}, not {largest}."));
        var given = read.NumbersOrNulls("itemMeans");
        var weights = read.Numbers("weights");
        if (weights.Count != given.Count) throw read.Refuse("weights", ModelRefusal.Inconsistent, $"There are {given.Count} items and {weights.Count} weights.");
        for (var i = 0; i < given.Count; i++)
            if (given[i] < smallest || given[i] > largest)
                throw new ModelRefusal(ModelRefusal.OutOfRange, $"/itemMeans/{i}", FormattableString.Invariant($"A mean lies between {smallest} and {largest}, not at {given[i]}."));
        List<int> items = [.. Enumerable.Range(0, given.Count).Where(i => given[i] is not null)];
        var used = items.ConvertAll(i => weights[i]);
        if (items.Count > 0 && !(used.Sum() > 1e-100)) throw read.Refuse("weights", ModelRefusal.OutOfRange, "The weights must add up to more than 0.");
        double? index = items.Count == 0 ? null : SatisfactionIndexMath.Index(items.ConvertAll(i => given[i]!.Value), used, smallest, largest);
        List<string> warnings = used.Any(weight => weight < 0)
            ? [read.Words.Say($"A negative weight: an item runs against the others; check its direction.", $"存在负权重：某题项与其他题项方向相反，请检查。")]
            : [];
        var sentence = index is { } value
            ? read.Words.Say($"The index stands at {value:0.0} of 100.", $"指数为 {value:0.0}（满分 100）。")
            : read.Words.Say($"No items, so there is no index.", $"没有题项，无法计算指数。");
        return new(items.Count, given.Count - items.Count, "weighted index of unstandardised items", warnings, sentence, new JsonObject { ["index"] = Wire.Number(index) });
    }
}
