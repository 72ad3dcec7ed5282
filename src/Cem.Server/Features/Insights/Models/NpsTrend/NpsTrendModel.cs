using System.Text.Json;
using System.Text.Json.Nodes;
using Adjust = Cem.Kernel.Statistics.MultipleTesting;

namespace Cem.Server.Features.Insights.Models.NpsTrend;

/// <summary>A series of weeks: each against the one before and the trailing ones, slow drift, and where it changed most.</summary>
internal sealed class NpsTrendModel : IModel
{
    // Fewer periods on a side of a split say nothing about a level.
    const int SplitMargin = 4;

    public string Name => "nps-trend";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. NpsPeriods.Fields, "ewmaLambda", "ewmaL", "baselineWeeks", "trailingWeeks", "permutations", "seed", "confidence"]);
        double lambda = read.Number("ewmaLambda", 1e-6, 1, 0.2), width = read.Number("ewmaL", 0.1, 10, 3);
        int baselineWeeks = read.Whole("baselineWeeks", 1, 1000, 12), trailing = read.Whole("trailingWeeks", 1, 1000, 12);
        int permutations = read.Whole("permutations", 0, 5000, 0), seed = read.Whole("seed", 0, int.MaxValue, 1);
        var alpha = 1 - read.Confidence();
        var (periods, excluded) = NpsPeriods.Read(read);
        if (periods.Count > 1100) throw read.Refuse("weeks", ModelRefusal.OutOfRange, $"At most 1100 weeks, not {periods.Count}.");

        var baseline = NpsTrendMath.Baseline(periods, baselineWeeks);
        var previous = NpsTrendMath.AgainstPrevious(periods);
        var pooled = NpsTrendMath.AgainstTrailing(periods, trailing);
        var tested = Enumerable.Range(0, periods.Count).Where(i => pooled[i] is not null).ToList();
        var adjusted = tested.Zip(Adjust.BenjaminiHochberg(tested.ConvertAll(i => pooled[i]!.P))).ToDictionary();
        var ewma = NpsTrendMath.Ewma(periods, baseline, lambda, width);
        var split = NpsTrendMath.BestSplit(periods, SplitMargin);
        var figures = new JsonObject
        {
            ["baselineNps"] = Wire.Number(baseline.Nps),
            ["baselineSigma"] = Wire.Number(baseline.Variance is { } v ? 100 * Math.Sqrt(v) : null),
            ["weeks"] = Wire.List(periods.Select((period, i) => new JsonObject
            {
                ["week"] = period.Name,
                ["n"] = period.Counts.N,
                ["nps"] = Wire.Number(period.Counts.Nps),
                ["vsPrevious"] = Step(previous[i]),
                ["vsTrailing"] = Step(pooled[i], adjusted.TryGetValue(i, out var p) ? p : null),
                ["ewma"] = Wire.Number(ewma?[i].Value),
                ["ewmaLimitLow"] = Wire.Number(ewma?[i].Low),
                ["ewmaLimitHigh"] = Wire.Number(ewma?[i].High),
                ["ewmaSignal"] = Wire.Flag(ewma?[i].Signal),
            })),
            ["bestSplit"] = split is null ? null : new JsonObject
            {
                ["firstWeekAfter"] = periods[split.Index].Name,
                ["z"] = Wire.Number(split.Z),
                ["difference"] = Wire.Number(split.Difference),
                ["p"] = Wire.Number(permutations > 0 ? NpsTrendMath.SplitP(periods, SplitMargin, permutations, seed) : null),
            },
        };
        var alarms = adjusted.Values.Count(p => p < alpha);
        var signals = Enumerable.Range(0, periods.Count).Where(i => ewma?[i].Signal == true).Select(i => periods[i].Name).ToList();
        return new(periods.Sum(period => (double)period.Counts.N), excluded, "adjusted-Wald z with Benjamini-Hochberg, EWMA, best split",
            Warnings(read.Words, periods, split, permutations), Sentence(read.Words, alarms, tested.Count, signals), figures);
    }

    static JsonObject? Step(NpsStep? step, double? adjusted = null)
    {
        if (step is null) return null;
        var figures = new JsonObject { ["difference"] = Wire.Number(step.Difference), ["adjZ"] = Wire.Number(step.Z), ["adjP"] = Wire.Number(step.P) };
        if (adjusted is { } p) figures["bhAdjustedP"] = Wire.Number(p);
        return figures;
    }

    static List<string> Warnings(Words words, IReadOnlyList<NpsPeriod> periods, NpsSplit? split, int permutations)
    {
        List<string> warnings = [];
        var empty = periods.Count(period => period.Counts.N == 0);
        if (empty > 0) warnings.Add(words.Say($"{empty} weeks without answers are skipped.", $"{empty} 周没有答案，已跳过。"));
        if (split is not null && permutations == 0)
            warnings.Add(words.Say($"The best split is the largest of many; ask for permutations before believing it.", $"最佳分割点是多次比较中的最大者，需置换检验后方可采信。"));
        return warnings;
    }

    static string Sentence(Words words, int alarms, int tests, List<string> signals) => signals.Count > 0
        ? words.Say($"The level left its limits first in {signals[0]} ({signals.Count} weeks in all); {alarms} of {tests} weeks differ significantly from the trailing ones.", $"水平自 {signals[0]} 起越出控制限（共 {signals.Count} 周）；{tests} 周中 {alarms} 周与前期有显著差异。")
        : words.Say($"No drift beyond the limits; {alarms} of {tests} weeks differ significantly from the trailing ones.", $"未发现越限漂移；{tests} 周中 {alarms} 周与前期有显著差异。");
}
