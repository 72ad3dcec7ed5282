using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.NpsDesign;

/// <summary>NPS with weights, answers clustered in accounts and a finite population; beside it one vote for each account.</summary>
internal sealed class NpsDesignModel : IModel
{
    public string Name => "nps-design";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, NpsDesignInput.Fields);
        var confidence = read.Confidence();
        var z = Normal.Z(confidence);
        var design = NpsDesignInput.Read(read);
        var score = NpsDesignMath.Score(design.Rows, design.Population);
        var accounts = NpsDesignMath.AccountLevel(design.Rows);
        var figures = Figures(score, z);
        figures["accounts"] = Wire.Number(score?.Accounts);
        figures["designEffect"] = Wire.Number(score?.DesignEffect);
        figures["effectiveN"] = Wire.Number(score?.EffectiveN);
        figures["kishEffectiveN"] = Wire.Number(score is null ? 0 : score.KishN);
        figures["accountLevel"] = accounts is null ? null : Figures(accounts, z);
        return new(design.Rows.Count, design.Excluded, Method(design), Warnings(read.Words, design, score), Sentence(read.Words, design, score, confidence), figures);
    }

    static JsonObject Figures(NpsDesignScore? score, double z) => new()
    {
        ["nps"] = Wire.Number(score?.Nps),
        ["se"] = Wire.Number(score?.Se),
        ["lowerNormal"] = Wire.Number(score?.Interval(z)?.Lower),
        ["upperNormal"] = Wire.Number(score?.Interval(z)?.Upper),
    };

    static string Method(NpsDesignInput design) => "linearised standard error, "
        + (design.Weighted ? "weighted" : "unweighted")
        + (design.Clustered ? ", clustered by account" : "")
        + (design.Population is null ? "" : ", finite population");

    static List<string> Warnings(Words words, NpsDesignInput design, NpsDesignScore? score)
    {
        var warnings = Bases.Warnings(words, design.Rows.Count);
        if (score is { Se: null, Accounts: 1 })
            warnings.Add(words.Say($"All answers come from one account: its spread cannot be told from one.", $"所有答案来自同一客户，无法估计误差。"));
        else if (score is { Accounts: < 10 and { } m })
            warnings.Add(words.Say($"Only {m} accounts: the clustered error itself is uncertain.", $"仅有 {m} 家客户，聚类标准误本身不稳定。"));
        return warnings;
    }

    static string Sentence(Words words, NpsDesignInput design, NpsDesignScore? score, double confidence)
    {
        if (score is null) return words.Say($"No valid answers, so there is no NPS.", $"没有有效答案，无法计算 NPS（样本不足）。");
        if (score.Interval(Normal.Z(confidence)) is not { } interval)
            return words.Say($"NPS {score.Nps:0.0} from {score.N} answers; too few for an interval.", $"NPS 为 {score.Nps:0.0}（n={score.N}），样本不足以给出区间。");
        if (design.Population == score.N)
            return words.Say($"NPS {score.Nps:0.0}: a census, everybody answered.", $"NPS 为 {score.Nps:0.0}（全量，n={score.N}）。");
        return words.Say(
            $"NPS {score.Nps:0.0} from {score.N} answers; {words.Percent(confidence)} interval {interval.Lower:0.0} to {interval.Upper:0.0}.",
            $"NPS 为 {score.Nps:0.0}（n={score.N}，{words.Percent(confidence)} 区间 {interval.Lower:0.0} 至 {interval.Upper:0.0}）。");
    }
}
