using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.WilsonMean;

/// <summary>A small-sample score for the mean of ratings, for scales where a top-box share loses too much.</summary>
internal sealed class WilsonMeanModel : IModel
{
    public string Name => "wilson-mean";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "values", "scaleMin", "scaleMax", "confidence", "notApplicable", "missingCode");
        var confidence = read.Confidence();
        var (smallest, largest) = Scale.Read(read);
        var ratings = Ratings.Of(read.NumbersOrNulls("values"), smallest, largest, read.NumberOrNull("notApplicable") ?? read.NumberOrNull("missingCode"));
        var score = WilsonMeanMath.Score(ratings.Valid, smallest, largest, Normal.Z(confidence));
        var figures = new JsonObject
        {
            ["mean"] = Wire.Number(score?.Mean),
            ["normalisedMean"] = Wire.Number(score?.Normalised),
            ["scoreConservative"] = Wire.Number(score?.Conservative.Lower),
            ["upperConservative"] = Wire.Number(score?.Conservative.Upper),
            ["scoreSampleVariance"] = Wire.Number(score?.SampleVariance.Lower),
            ["upperSampleVariance"] = Wire.Number(score?.SampleVariance.Upper),
        };
        var sentence = score is null
            ? read.Words.Say($"No valid ratings, so there is no score.", $"没有有效评分，无法计算（样本不足）。")
            : read.Words.Say(
                $"Mean {score.Mean:0.00} of {ratings.Valid.Count} ratings; with {read.Words.Percent(confidence)} confidence the normalised mean is at least {score.Conservative.Lower:0.000}.",
                $"均值 {score.Mean:0.00}（n={ratings.Valid.Count}）；有 {read.Words.Percent(confidence)} 把握标准化均值不低于 {score.Conservative.Lower:0.000}。");
        return new(ratings.Valid.Count, ratings.Excluded, "Wilson-type score for a mean, conservative and sample variance",
            Bases.Warnings(read.Words, ratings.Valid.Count), sentence, figures);
    }
}
