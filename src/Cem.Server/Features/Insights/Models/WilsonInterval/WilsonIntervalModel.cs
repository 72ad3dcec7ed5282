using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.WilsonInterval;

/// <summary>Wilson's interval for a share: of counts <c>x</c> of <c>n</c>, or of 0/1 <c>values</c> with <c>weights</c>; optionally of a finite population.</summary>
internal sealed class WilsonIntervalModel : IModel
{
    public string Name => "wilson-interval";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, "x", "n", "values", "weights", "populationSize", "confidence");
        var confidence = read.Confidence();
        var sample = ShareSample.Read(read);
        var (x, n) = (sample.X, sample.N);
        var z = Normal.Z(confidence);
        double? share = n > 0 ? x / n : null;
        Interval? wilson, jeffreys = null, exact = null, agrestiCoull = null;
        double? centre;
        if (share is { } p && sample.Census)
        {
            wilson = jeffreys = exact = agrestiCoull = new Interval(p, p);
            centre = p;
        }
        else
        {
            wilson = Wilson.Interval(x, n, z);
            centre = share is { } q ? Wilson.Centre(q, n, z) : null;
            jeffreys = ShareIntervals.Jeffreys(x, n, confidence);
            exact = ShareIntervals.ClopperPearson(x, n, confidence);
            agrestiCoull = ShareIntervals.AgrestiCoull(x, n, confidence);
        }
        var figures = new JsonObject
        {
            ["pHat"] = Wire.Number(share),
            ["z"] = Wire.Number(z),
            ["effectiveN"] = Wire.Number(sample.Census ? null : n),
            ["wilsonCenter"] = Wire.Number(centre),
            ["wilsonLower"] = Wire.Number(wilson?.Lower),
            ["wilsonUpper"] = Wire.Number(wilson?.Upper),
            ["jeffreysLower"] = Wire.Number(jeffreys?.Lower),
            ["jeffreysUpper"] = Wire.Number(jeffreys?.Upper),
            ["clopperPearsonLower"] = Wire.Number(exact?.Lower),
            ["clopperPearsonUpper"] = Wire.Number(exact?.Upper),
            ["agrestiCoullLower"] = Wire.Number(agrestiCoull?.Lower),
            ["agrestiCoullUpper"] = Wire.Number(agrestiCoull?.Upper),
        };
        var sentence = share is { } s && wilson is { } w
            ? read.Words.Say(
                $"{read.Words.Percent(s)} of {sample.Answers:0.##}; {read.Words.Percent(confidence)} interval {read.Words.Percent(w.Lower)} to {read.Words.Percent(w.Upper)}.",
                $"占比 {read.Words.Percent(s)}（n={sample.Answers:0.##}，{read.Words.Percent(confidence)} 区间 {read.Words.Percent(w.Lower)} 至 {read.Words.Percent(w.Upper)}）。")
            : read.Words.Say($"No answers, so there is no share.", $"没有答案，无法计算占比（样本不足）。");
        return new(sample.Answers, sample.Excluded, sample.Method, Bases.Warnings(read.Words, sample.Answers), sentence, figures);
    }
}
