using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.ContrastKeywords;

/// <summary>What sets the comments of one group (detractors, say) apart from the others, by the counts of their words.</summary>
/// <remarks>Each word is a field of the answer; one that is called like a field of every answer is found under <c>words</c> only.</remarks>
internal sealed class ContrastKeywordsModel : IModel
{
    // Rarer words reach a large z by chance.
    const double SmallestCount = 5;

    public string Name => "contrast-keywords";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "groupCounts", "otherCounts", "alpha", "priorScale", "confidence");
        var z = Normal.Z(read.Confidence());
        IReadOnlyDictionary<string, double> group = Counts(read.Map("groupCounts")), other = Counts(read.Map("otherCounts"));
        if (read.Has("alpha") && read.Has("priorScale")) throw read.Refuse("priorScale", ModelRefusal.Inconsistent, "Send either alpha or priorScale, not both.");
        double alpha = read.Number("alpha", 1e-6, 1e6, 0.5), scale = read.Number("priorScale", 1e-6, 1e6, 1);
        var contrasts = ContrastKeywordsMath.Contrast(group, other, read.Has("priorScale") ? pooled => scale * pooled : _ => alpha);
        var telling = contrasts.Where(word => Math.Abs(word.Z) > z && word.GroupCount + word.OtherCount >= SmallestCount).OrderByDescending(word => word.Z).Select(word => word.Word).ToList();
        var figures = Words(contrasts);
        figures["telling"] = Wire.Texts(telling);
        figures["words"] = Words(contrasts);
        var first = contrasts.Where(word => word.Z > z && telling.Contains(word.Word)).OrderByDescending(word => word.Z).Take(5).Select(word => word.Word).ToList();
        var sentence = first.Count > 0
            ? read.Words.Say($"The group is set apart by {string.Join(", ", first)}.", $"该组的特征词为：{string.Join("、", first)}。")
            : read.Words.Say($"No word sets the group apart significantly.", $"没有显著区分该组的词。");
        return new(group.Values.Sum() + other.Values.Sum(), 0, "log-odds with Dirichlet prior", [], sentence, figures);
    }

    static JsonObject Words(IReadOnlyList<WordContrast> contrasts)
    {
        var words = new JsonObject();
        foreach (var word in contrasts) words[word.Word] = new JsonObject { ["delta"] = Wire.Number(word.Delta), ["z"] = Wire.Number(word.Z) };
        return words;
    }

    // A word that is nowhere says nothing, and would have no prior by scale.
    static Dictionary<string, double> Counts(ModelInput map)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in map.Names)
            if (map.Count(word) is > 0 and var count) counts[word] = count;
        return counts;
    }
}
