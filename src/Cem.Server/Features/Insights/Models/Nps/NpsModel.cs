using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Nps;

/// <summary>NPS of raw answers (<c>scores</c>) or of counts, with the adjusted-Wald, Wald and bootstrap intervals.</summary>
internal sealed class NpsModel : IModel
{
    public string Name => "nps";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "scores", "notApplicable", "missingCode", "promoters", "passives", "detractors", "confidence");
        var confidence = read.Confidence();
        var (counts, excluded) = Counts(read);
        var z = Normal.Z(confidence);
        var wald = NpsMath.Wald(counts, z);
        var adjusted = NpsMath.AdjustedWald(counts, z);
        var bootstrap = NpsBootstrap.Exact(counts, confidence);
        var figures = new JsonObject
        {
            ["promoters"] = counts.Promoters,
            ["passives"] = counts.Passives,
            ["detractors"] = counts.Detractors,
            ["promoterShare"] = Wire.Number(counts.PromoterShare),
            ["passiveShare"] = Wire.Number(counts.PassiveShare),
            ["detractorShare"] = Wire.Number(counts.DetractorShare),
            ["nps"] = Wire.Number(counts.Nps),
            ["variance"] = Wire.Number(counts.Variance),
            ["se"] = Wire.Number(wald?.Se),
            ["waldLower"] = Wire.Number(wald?.Interval.Lower),
            ["waldUpper"] = Wire.Number(wald?.Interval.Upper),
            ["adjWaldCenter"] = Wire.Number(adjusted?.Center),
            ["adjWaldSe"] = Wire.Number(adjusted?.Se),
            ["adjWaldLower"] = Wire.Number(adjusted?.Interval.Lower),
            ["adjWaldUpper"] = Wire.Number(adjusted?.Interval.Upper),
            ["bootstrapLower"] = Wire.Number(bootstrap?.Interval.Lower),
            ["bootstrapUpper"] = Wire.Number(bootstrap?.Interval.Upper),
            ["bootstrapSe"] = Wire.Number(bootstrap?.Se),
        };
        return new(counts.N, excluded, "NPS with adjusted-Wald interval", Bases.Warnings(read.Words, counts.N), Sentence(read.Words, counts, adjusted, confidence), figures);
    }

    static (NpsCounts Counts, int Excluded) Counts(ModelInput read)
    {
        if (!read.Has("scores")) return (NpsInput.Counts(read), 0);
        foreach (var field in new[] { "promoters", "passives", "detractors" })
            if (read.Has(field)) throw read.Refuse(field, ModelRefusal.Inconsistent, "Send either scores or counts, not both.");
        var ratings = Ratings.Of(read.NumbersOrNulls("scores"), 0, 10, read.NumberOrNull("notApplicable") ?? read.NumberOrNull("missingCode"));
        return (NpsCounts.Of(ratings.Valid), ratings.Excluded);
    }

    static string Sentence(Words words, NpsCounts counts, NpsEstimate? estimate, double confidence) =>
        counts.Nps is not { } nps || estimate is null
            ? words.Say($"No valid answers, so there is no NPS.", $"没有有效答案，无法计算 NPS（样本不足）。")
            : words.Say(
                $"NPS {nps:0.0} from {counts.N} answers; {words.Percent(confidence)} interval {estimate.Interval.Lower:0.0} to {estimate.Interval.Upper:0.0}.",
                $"NPS 为 {nps:0.0}（n={counts.N}，{words.Percent(confidence)} 区间 {estimate.Interval.Lower:0.0} 至 {estimate.Interval.Upper:0.0}）。");
}
