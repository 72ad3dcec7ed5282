using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.Nps;

namespace Cem.Server.Features.Insights.Models.NpsDifference;

/// <summary>Whether the NPS of <c>current</c> differs from that of <c>baseline</c>.</summary>
internal sealed class NpsDifferenceModel : IModel
{
    public string Name => "nps-difference";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "current", "baseline", "confidence");
        var confidence = read.Confidence();
        var current = NpsInput.Counts(read.Object("current", NpsInput.Fields));
        var baseline = NpsInput.Counts(read.Object("baseline", NpsInput.Fields));
        var z = Normal.Z(confidence);
        var wald = NpsDifferenceMath.Wald(current, baseline, z);
        var adjusted = NpsDifferenceMath.AdjustedWald(current, baseline, z);
        bool? significant = adjusted?.P is { } p ? p < 1 - confidence : null;
        var figures = new JsonObject
        {
            ["npsCurrent"] = Wire.Number(current.Nps),
            ["npsBaseline"] = Wire.Number(baseline.Nps),
            ["difference"] = Wire.Number(current.Nps - baseline.Nps),
            ["waldSe"] = Wire.Number(wald?.Se),
            ["waldZ"] = Wire.Number(wald?.Z),
            ["waldP"] = Wire.Number(wald?.P),
            ["waldLower"] = Wire.Number(wald?.Interval.Lower),
            ["waldUpper"] = Wire.Number(wald?.Interval.Upper),
            ["adjDifference"] = Wire.Number(adjusted?.Difference),
            ["adjSe"] = Wire.Number(adjusted?.Se),
            ["adjZ"] = Wire.Number(adjusted?.Z),
            ["adjP"] = Wire.Number(adjusted?.P),
            ["adjLower"] = Wire.Number(adjusted?.Interval.Lower),
            ["adjUpper"] = Wire.Number(adjusted?.Interval.Upper),
            ["significantAdj"] = Wire.Flag(significant),
            ["permutationPExact"] = Wire.Number(NpsPermutation.TwoSidedP(current, baseline)),
        };
        return new(current.N + baseline.N, 0, "adjusted-Wald z", Bases.Warnings(read.Words, Math.Min(current.N, baseline.N)),
            Sentence(read.Words, current.Nps - baseline.Nps, adjusted, significant), figures);
    }

    static string Sentence(Words words, double? difference, NpsComparison? test, bool? significant) =>
        difference is not { } d || test?.P is not { } p || significant is not { } sure
            ? words.Say($"Too few answers to compare.", $"样本不足，无法比较。")
            : (sure, d) switch
            {
                (false, _) => words.Say($"No significant change ({d:+0.0;-0.0;0.0} points, p = {p:0.###}).", $"无显著变化（{d:+0.0;-0.0;0.0} 分，p={p:0.###}）。"),
                (true, < 0) => words.Say($"Significant fall of {-d:0.0} points (p = {p:0.####}).", $"显著下降 {-d:0.0} 分（p={p:0.####}）。"),
                _ => words.Say($"Significant rise of {d:0.0} points (p = {p:0.####}).", $"显著上升 {d:0.0} 分（p={p:0.####}）。"),
            };
}
