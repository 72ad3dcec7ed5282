using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cem.Server.Features.Insights.Models.Ces;

/// <summary>Customer effort: mean, share that found it easy with Wilson's interval, net easy.</summary>
internal sealed class CesModel : IModel
{
    public string Name => "ces";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "values", "scaleMax", "direction", "confidence", "notApplicable", "missingCode");
        var confidence = read.Confidence();
        var scaleMax = read.Whole("scaleMax", 2, 1000, 7);
        var higherIsEasier = read.Choice("direction", "ease", "ease", "effort") == "ease";
        var ratings = Ratings.Of(read.NumbersOrNulls("values"), 1, scaleMax, read.NumberOrNull("notApplicable") ?? read.NumberOrNull("missingCode"));
        var score = CesMath.Score(ratings.Valid, scaleMax, higherIsEasier, confidence);
        var figures = new JsonObject
        {
            ["cesMean"] = Wire.Number(score.Mean),
            ["easyShare"] = Wire.Number(score.Easy),
            ["easyLower"] = Wire.Number(score.EasyInterval?.Lower),
            ["easyUpper"] = Wire.Number(score.EasyInterval?.Upper),
            ["difficultShare"] = Wire.Number(score.Difficult),
            ["netEasy"] = Wire.Number(score.Net),
            ["netEasySe"] = Wire.Number(score.NetSe),
        };
        return new(score.N, ratings.Excluded, $"CES 1-{scaleMax}, Wilson interval", Bases.Warnings(read.Words, score.N),
            Sentence(read.Words, score), figures);
    }

    static string Sentence(Words words, CesScore score) =>
        score is not { Mean: { } mean, Easy: { } easy, Net: { } net }
            ? words.Say($"No valid answers, so there is no effort score.", $"没有有效答案，无法计算费力度（样本不足）。")
            : words.Say(
                $"Mean {mean:0.00} of {score.N} answers; {easy:0.0} % found it easy, net easy {net:+0.0;-0.0;0.0}.",
                $"费力度均值 {mean:0.00}（n={score.N}），{easy:0.0}% 认为轻松，净轻松度 {net:+0.0;-0.0;0.0}。");
}
