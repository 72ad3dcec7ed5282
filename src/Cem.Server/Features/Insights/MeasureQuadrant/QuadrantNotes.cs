using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Server.Features.Insights.Models;
using Cem.Server.Features.Insights.Models.KeyDrivers;

namespace Cem.Server.Features.Insights.MeasureQuadrant;

/// <summary>Why there is no quadrant, or what to know before using one, in both languages.</summary>
static class QuadrantNotes
{
    static readonly Words English = new(Chinese: false);
    static readonly Words Chinese = new(Chinese: true);

    public static readonly QuadrantNote NoSurvey = new("no-survey",
        "No published survey rates an outcome and at least two factors.", "没有已发布的问卷同时包含结果题和至少两个评分因素。");

    /// <summary>Null where influence can be computed.</summary>
    public static QuadrantNote? Refusal(QuadrantSample sample, int factors)
    {
        if (sample.N == 0)
            return sample.Excluded == 0
                ? new("no-answers", "Nobody answered this survey in these days.", "该时间段内没有人回答此问卷。")
                : Note("incomplete", $"None of the {sample.Excluded} responses rates the outcome and all factors.", $"{sample.Excluded} 份答卷中没有一份同时对结果和全部因素评分。");
        if (sample.N <= factors + 1)
            return Note("too-few", $"{sample.N} complete responses are too few for {factors} factors; at least {factors + 2} are needed.", $"{factors} 个因素仅有 {sample.N} 份完整答卷，样本不足，至少需要 {factors + 2} 份。");
        if (!sample.All.Varies(factors))
            return new("constant-outcome", "Everybody rated the outcome the same: nothing can be told to matter.", "所有人对结果的评分相同，无法判断影响。");
        return Enumerable.Range(0, factors).Any(sample.All.Varies) ? null
            : new("constant-factors", "No factor was rated differently by anybody: none can be told to matter.", "各因素的评分均无差异，无法判断影响。");
    }

    public static IReadOnlyList<QuadrantNote> Warnings(QuadrantSample sample, IReadOnlyList<QuadrantQuestion> factors, DriverInfluence influence, int placed, int resamples)
    {
        List<QuadrantNote> notes = [];
        if (sample.N < Math.Max(Bases.Stable, 5 * factors.Count))
            notes.Add(Note("few-rows", $"Few responses: {sample.N} for {factors.Count} factors.", $"样本偏少：{factors.Count} 个因素仅 {sample.N} 份完整答卷。"));
        if (resamples == 0)
            notes.Add(Note("few-accounts", $"The answers come from {sample.Bundles.Count} accounts: too few for intervals.", $"答卷仅来自 {sample.Bundles.Count} 家客户，不足以给出区间。"));
        else if (QuadrantContrasts.TooFew(sample, factors.Count))
            notes.Add(Note("few-for-kinds", $"{sample.N} responses are too few to tell must-haves from delighters of {factors.Count} factors; at least {2 * factors.Count + 2} are needed.",
                $"{factors.Count} 个因素仅有 {sample.N} 份完整答卷，不足以区分必备因素与魅力因素，至少需要 {2 * factors.Count + 2} 份。"));
        if (sample.Excluded > sample.N)
            notes.Add(Note("many-excluded", $"{sample.Excluded} responses lack a rating and are left out, more than the {sample.N} that are used: fewer factors would use more of them.",
                $"{sample.Excluded} 份答卷缺少评分而被排除，多于所用的 {sample.N} 份：减少因素可用上更多答卷。"));
        notes.AddRange(DriverChecks.Warnings(English, [.. factors.Select(factor => factor.English)], sample.Values == 2, influence)
            .Zip(DriverChecks.Warnings(Chinese, [.. factors.Select(factor => factor.Chinese)], sample.Values == 2, influence), (en, zh) => new QuadrantNote("model", en, zh)));
        if (factors.Count is > QuadrantBootstrap.LargestExact and <= Kernel.Statistics.RelativeImportance.LargestExact)
            notes.Add(Note("johnson-intervals", $"More than {QuadrantBootstrap.LargestExact} factors: the intervals of the influence are those of Johnson's weights.", $"因素超过 {QuadrantBootstrap.LargestExact} 个，影响力区间按 Johnson 权重计算。"));
        if (placed < 4)
            notes.Add(new("few-factors", "Fewer than four factors: the lines say little.", "因素少于四个，分割线意义有限。"));
        if (placed < factors.Count)
            notes.Add(new("unplaced", "Factors without a known influence are not placed.", "影响未知的因素未放入象限。"));
        return notes;
    }

    static QuadrantNote Note(string code, FormattableString en, FormattableString zh) => new(code, en.ToString(CultureInfo.InvariantCulture), zh.ToString(CultureInfo.InvariantCulture));
}
