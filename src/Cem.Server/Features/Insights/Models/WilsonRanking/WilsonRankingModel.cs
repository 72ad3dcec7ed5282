using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cem.Server.Features.Insights.Models.WilsonRanking;

/// <summary>Units ranked by the lower Wilson limit of their share, small ones pushed down by design.</summary>
internal sealed class WilsonRankingModel : IModel
{
    public string Name => "wilson-ranking";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "branches", "confidence", "minBase");
        var confidence = read.Confidence();
        var minBase = read.Count("minBase", Bases.Show);
        var branches = read.Objects("branches", "id", "x", "n").Select(Branch).ToList();
        if (branches.GroupBy(branch => branch.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw read.Refuse("branches", ModelRefusal.Inconsistent, $"branches names \"{twice.Key}\" twice.");
        var ranked = WilsonRankingMath.Rank(branches, confidence, minBase);
        var order = WilsonRankingMath.Ordered(ranked).Select(unit => unit.Branch.Id).ToList();
        var figures = new JsonObject
        {
            ["branches"] = Wire.List(ranked.Select(Figures)),
            ["order"] = Wire.Texts(order),
            ["naiveOrderByShare"] = Wire.Texts(WilsonRankingMath.ByShare(ranked)),
        };
        var low = ranked.Count(unit => unit.Flag == "low_base");
        List<string> warnings = low > 0
            ? [read.Words.Say($"{low} units have fewer than {minBase} answers and are not ranked.", $"{low} 个单元样本少于 {minBase}，不参与排名。")]
            : [];
        var sentence = order.Count > 0
            ? read.Words.Say(
                $"{order[0]} leads {order.Count} ranked units; the score is the share that is not fallen short of with {read.Words.Percent(confidence)} confidence.",
                $"{order.Count} 个单元参与排名，{order[0]} 居首；得分表示有 {read.Words.Percent(confidence)} 把握不低于该值。")
            : read.Words.Say($"No unit has enough answers to be ranked.", $"没有样本足够的单元可供排名。");
        return new(branches.Sum(branch => (double)branch.N), ranked.Count(unit => unit.Rank is null), "Wilson lower limit, competition ranking", warnings, sentence, figures);
    }

    static Branch Branch(ModelInput read)
    {
        long x = read.Count("x"), n = read.Count("n");
        return x <= n ? new(read.Text("id"), x, n) : throw read.Refuse("x", ModelRefusal.OutOfRange, $"x must not be above n = {n}, and is {x}.");
    }

    static JsonObject Figures(RankedBranch unit) => new()
    {
        ["id"] = unit.Branch.Id,
        ["n"] = unit.Branch.N,
        ["pHat"] = Wire.Number(unit.Share),
        ["score"] = Wire.Number(unit.Interval?.Lower),
        ["upper"] = Wire.Number(unit.Interval?.Upper),
        ["rank"] = Wire.Number(unit.Rank),
        ["flag"] = unit.Flag,
        ["tier"] = Wire.Number(unit.Tier),
        ["shrunkShare"] = Wire.Number(unit.Shrunk),
    };
}
