using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.KeyDrivers;

namespace Cem.Server.Features.Insights.Models.PenaltyReward;

/// <summary>
/// Penalty-reward contrast (Brandt 1988; Mittal et al. 1998): what a low score of each driver costs and a high one
/// earns, against the scores between, in one regression.
/// </summary>
internal sealed class PenaltyRewardModel : IModel
{
    public string Name => "penalty-reward";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. DriverData.Fields, "lowScores", "highScores", "confidence"]);
        var alpha = 1 - read.Confidence();
        HashSet<double> low = [.. read.Numbers("lowScores")], high = [.. read.Numbers("highScores")];
        if (low.Count == 0) throw read.Refuse("lowScores", ModelRefusal.OutOfRange, "lowScores must name at least one score.");
        if (high.Count == 0) throw read.Refuse("highScores", ModelRefusal.OutOfRange, "highScores must name at least one score.");
        if (low.Overlaps(high)) throw read.Refuse("highScores", ModelRefusal.Inconsistent, "A score cannot be low and high at once.");
        var data = DriverData.Read(read);
        var p = data.Drivers.Count;
        if (p > 60) throw read.Refuse("drivers", ModelRefusal.OutOfRange, $"At most 60 drivers, not {p}.");
        if (data.N <= 2 * p + 1) throw read.Refuse("data", ModelRefusal.NotComputable, $"{data.N} complete rows are too few for {p} drivers; at least {2 * p + 2} are needed.");
        var fit = LeastSquares.Of([.. data.Columns.SelectMany(column => new[] { Dummy(column, low), Dummy(column, high) })], data.Outcome)
            ?? throw read.Refuse("outcome", ModelRefusal.NotComputable, "The outcome is the same in all complete rows.");

        var effects = Enumerable.Range(0, p).Select(j => new Asymmetry(fit.Coefficients[1 + 2 * j], fit.Coefficients[2 + 2 * j])).ToList();
        var figures = new JsonObject
        {
            ["intercept"] = Wire.Number(fit.Coefficients[0].Value),
            ["r2"] = Wire.Number(fit.R2),
            ["penalty"] = Wire.Named(data.Drivers, j => Wire.Number(effects[j].Penalty.Value)),
            ["reward"] = Wire.Named(data.Drivers, j => Wire.Number(effects[j].Reward.Value)),
            ["penaltyP"] = Wire.Named(data.Drivers, j => Wire.Number(effects[j].Penalty.P)),
            ["rewardP"] = Wire.Named(data.Drivers, j => Wire.Number(effects[j].Reward.P)),
            ["impactAsymmetry"] = Wire.Named(data.Drivers, j => Wire.Number(effects[j].Impact)),
            ["factor"] = Wire.Named(data.Drivers, j => effects[j].Factor(alpha)),
        };
        return new(data.N, data.Excluded, "OLS with a low and a high dummy for each driver", [.. Warnings(read.Words, data, effects, alpha)], Sentence(read.Words, data, effects, alpha), figures);
    }

    static double[] Dummy(double[] column, HashSet<double> scores) => [.. column.Select(value => scores.Contains(value) ? 1.0 : 0.0)];

    static IEnumerable<string> Warnings(Words words, DriverData data, List<Asymmetry> effects, double alpha)
    {
        if (data.N < Math.Max(30, 10 * data.Drivers.Count)) yield return words.Say($"Few rows: {data.N} for {data.Drivers.Count} drivers.", $"样本偏少：{data.Drivers.Count} 个因素仅 {data.N} 行。");
        for (var j = 0; j < effects.Count; j++)
        {
            if (effects[j].Impact is null) yield return words.Say($"{data.Drivers[j]} has no low or no high scores to compare.", $"{data.Drivers[j]} 缺少低分或高分，无法比较。");
            if (effects[j].PenaltyIsNil(alpha)) yield return words.Say($"{data.Drivers[j]}: the penalty has the wrong sign and is not significant; read it as 0.", $"{data.Drivers[j]}：惩罚系数符号相反且不显著，视为 0。");
            if (effects[j].RewardIsNil(alpha)) yield return words.Say($"{data.Drivers[j]}: the reward has the wrong sign and is not significant; read it as 0.", $"{data.Drivers[j]}：奖励系数符号相反且不显著，视为 0。");
        }
    }

    static string Sentence(Words words, DriverData data, List<Asymmetry> effects, double alpha)
    {
        string Of(string factor) => string.Join(words.Chinese ? "、" : ", ", data.Drivers.Where((_, j) => effects[j].Factor(alpha) == factor).DefaultIfEmpty(words.Chinese ? "无" : "none"));
        return words.Say($"Basic factors: {Of("basic")}; excitement factors: {Of("excitement")}.", $"基本因素：{Of("basic")}；魅力因素：{Of("excitement")}。");
    }
}
