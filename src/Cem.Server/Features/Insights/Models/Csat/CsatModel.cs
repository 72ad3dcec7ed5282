using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cem.Server.Features.Insights.Models.Csat;

/// <summary>Customer satisfaction: top-box share with Wilson's interval, mean with Student's, 0-100 index.</summary>
internal sealed class CsatModel : IModel
{
    public string Name => "csat";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "values", "scaleMax", "topBox", "confidence", "notApplicable", "missingCode");
        var confidence = read.Confidence();
        var scaleMax = read.Whole("scaleMax", 2, 1000, 5);
        var topBox = read.Whole("topBox", 1, scaleMax - 1, CsatMath.DefaultTopBox(scaleMax));
        var ratings = Ratings.Of(read.NumbersOrNulls("values"), 1, scaleMax, read.NumberOrNull("notApplicable") ?? read.NumberOrNull("missingCode"));
        var score = CsatMath.Score(ratings.Valid, scaleMax, topBox, confidence);
        var figures = new JsonObject
        {
            ["topCount"] = score.TopCount,
            ["csat"] = Wire.Number(score.Top),
            ["csatLower"] = Wire.Number(score.TopInterval?.Lower),
            ["csatUpper"] = Wire.Number(score.TopInterval?.Upper),
            ["bottomBox"] = Wire.Number(score.Bottom),
            ["netSatisfaction"] = Wire.Number(score.Net),
            ["mean"] = Wire.Number(score.Mean),
            ["sd"] = Wire.Number(score.Sd),
            ["meanTLower"] = Wire.Number(score.MeanInterval?.Lower),
            ["meanTUpper"] = Wire.Number(score.MeanInterval?.Upper),
            ["index100"] = Wire.Number(score.Index),
        };
        var warnings = Bases.Warnings(read.Words, score.N);
        if (score.Sd == 0) warnings.Add(read.Words.Say(
            $"All answers are the same: the interval of the mean has no width, the Wilson interval of the share is the honest one.",
            $"所有答案相同：均值区间宽度为零，请以占比的威尔逊区间为准。"));
        return new(score.N, ratings.Excluded, $"top {topBox} of {scaleMax}, Wilson interval; mean with Student t", warnings,
            Sentence(read.Words, score, confidence), figures);
    }

    static string Sentence(Words words, CsatScore score, double confidence) =>
        score is not { Top: { } top, TopInterval: { } interval, Mean: { } mean }
            ? words.Say($"No valid answers, so there is no CSAT.", $"没有有效答案，无法计算满意度（样本不足）。")
            : words.Say(
                $"{top:0.0} % of {score.N} answers are satisfied; {words.Percent(confidence)} interval {interval.Lower:0.0} to {interval.Upper:0.0} %; mean {mean:0.00}.",
                $"满意度 {top:0.0}%（n={score.N}，{words.Percent(confidence)} 区间 {interval.Lower:0.0}% 至 {interval.Upper:0.0}%），均值 {mean:0.00}。");
}
