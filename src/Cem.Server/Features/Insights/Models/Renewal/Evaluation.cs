using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Renewal;

/// <summary>How good predicted probabilities are on some rows: ranking, accuracy, calibration.</summary>
internal static class Evaluation
{
    const int Bins = 10;

    public static JsonObject Of(bool[] y, double[] p, double z)
    {
        double[] observed = [.. y.Select(v => v ? 1.0 : 0.0)];
        var area = Kernel.Statistics.Auc.Of(y, p);
        var (slope, intercept, inTheLarge) = Calibration(y, p);
        var bins = Reliability(observed, p);
        return new()
        {
            ["n"] = y.Length,
            ["events"] = y.Count(v => v),
            ["auc"] = Wire.Number(area?.Value),
            ["aucCiLower"] = Wire.Number(area?.Interval(z)?.Lower),
            ["aucCiUpper"] = Wire.Number(area?.Interval(z)?.Upper),
            ["aucSe"] = Wire.Number(area?.Se),
            ["brier"] = Wire.Number(Mean(y.Length, i => (p[i] - observed[i]) * (p[i] - observed[i]))),
            ["logLoss"] = Wire.Number(Mean(y.Length, i => -Math.Log(Math.Max(1e-15, y[i] ? p[i] : 1 - p[i])))),
            ["calibrationInterceptInTheLarge"] = Wire.Number(inTheLarge),
            ["calibrationSlope"] = Wire.Number(slope),
            ["calibrationIntercept"] = Wire.Number(intercept),
            ["meanPredicted"] = Wire.Number(Mean(y.Length, i => p[i])),
            ["meanObserved"] = Wire.Number(Mean(y.Length, i => observed[i])),
            ["ece10EqualCount"] = Wire.Number(y.Length == 0 ? null : bins.Sum(bin => (double)bin.N / y.Length * Math.Abs(bin.Predicted - bin.Observed))),
            ["reliability"] = Wire.List(bins.Select(bin => new JsonObject { ["n"] = bin.N, ["predicted"] = Wire.Number(bin.Predicted), ["observed"] = Wire.Number(bin.Observed) })),
        };
    }

    // Logistic regression of the outcome on logit(p); in the large, only the intercept is free and the slope is 1.
    static (double? Slope, double? Intercept, double? InTheLarge) Calibration(bool[] y, double[] p)
    {
        if (!y.Contains(true) || !y.Contains(false)) return (null, null, null);
        double[] logit = [.. p.Select(v => Math.Clamp(v, 1e-15, 1 - 1e-15)).Select(v => Math.Log(v / (1 - v)))];
        var large = Logistic.MaximumLikelihood([], y, logit);
        var inTheLarge = large.Converged ? large.Coefficients[0] : (double?)null;
        if (!(logit.Max() > logit.Min())) return (null, null, inTheLarge);
        var model = Logistic.MaximumLikelihood([logit], y);
        return model.Converged ? (model.Coefficients[1], model.Coefficients[0], inTheLarge) : (null, null, inTheLarge);
    }

    static List<(int N, double Predicted, double Observed)> Reliability(double[] y, double[] p)
    {
        if (y.Length == 0) return [];
        return [.. Enumerable.Range(0, y.Length).OrderBy(i => p[i]).Chunk((y.Length + Bins - 1) / Bins)
            .Select(bin => (bin.Length, bin.Average(i => p[i]), bin.Average(i => y[i])))];
    }

    static double? Mean(int n, Func<int, double> value) => n == 0 ? null : Enumerable.Range(0, n).Average(value);
}
