using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Renewal;

/// <summary>
/// Who will leave, from what was known before: logistic regression with its honest figures on held-out rows. Plain
/// maximum likelihood where the data bear it, else Firth's or ridge.
/// </summary>
internal sealed class RenewalModel : IModel
{
    // Below this many events or non-events nothing is shown at all.
    const int FewestEvents = 20;

    const int EventsPerParameter = 10;

    public string Name => "renewal";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. LogitData.Fields, "trainRule", "penalty", "lambda", "confidence"]);
        var z = Normal.Z(read.Confidence());
        var penalty = read.Choice("penalty", "auto", "auto", "none", "firth", "ridge");
        var lambda = read.Number("lambda", 1e-8, 1e8, 1);
        var isTest = RowRule.IsTest(read);
        var all = LogitData.Read(read);
        var raw = isTest is null ? all : all.Where(i => !isTest(i));
        var filler = new GapFiller(raw);
        var training = filler.Fill(raw);
        var test = isTest is null ? null : filler.Fill(all.Where(isTest));
        if (Math.Min(training.Events, training.N - training.Events) is < FewestEvents and var few)
            throw read.Refuse(read.Has("y") ? "y" : "outcome", ModelRefusal.NotComputable, $"Only {few} rows of the rarer outcome; at least {FewestEvents} are needed.");

        var usable = LogitChecks.Usable(read, training);
        var (model, method) = Fit(training, usable, penalty, lambda);
        var warnings = usable.Warnings;
        warnings.AddRange(LeakGuard.Warnings(read.Words, training));
        warnings.AddRange(Warnings(read.Words, model, method, penalty));
        var figures = new JsonObject { ["fit"] = Figures(training, usable, model) };
        if (test is null)
        {
            figures["inSample"] = Evaluation.Of(training.Y, model.Fitted, z);
        }
        else
        {
            var predicted = Predict(model, usable, test);
            figures["train"] = Evaluation.Of(training.Y, model.Fitted, z);
            figures["test"] = Evaluation.Of(test.Y, predicted, z);
            figures["firstTestProbabilities"] = Wire.Numbers(predicted.Take(10));
        }
        var judged = figures[test is null ? "inSample" : "test"]!["auc"]?.GetValue<double>();
        return new(all.N, all.Excluded, method, warnings, Sentence(read.Words, training, judged, heldOut: test is not null), figures);
    }

    static string Sentence(Words words, LogitData training, double? auc, bool heldOut) => auc is not { } area
        ? words.Say($"{training.Events} events in {training.N} rows; the held-out rows have one outcome only. Association, not cause.", $"{training.N} 行中 {training.Events} 个事件；测试集只有一种结果。为相关而非因果。")
        : heldOut
            ? words.Say($"{training.Events} events in {training.N} rows; AUC {area:0.000} on held-out rows. Association, not cause.", $"{training.N} 行中 {training.Events} 个事件；测试集 AUC 为 {area:0.000}。为相关而非因果。")
            : words.Say($"{training.Events} events in {training.N} rows; AUC {area:0.000} on the rows it was fitted to. Association, not cause.", $"{training.N} 行中 {training.Events} 个事件；训练集 AUC 为 {area:0.000}。为相关而非因果。");

    static (Logistic.Model Model, string Method) Fit(LogitData data, UsableFeatures usable, string penalty, double lambda)
    {
        List<double[]> columns = [.. usable.Used.Select(j => data.Columns[j])];
        var enough = Math.Min(data.Events, data.N - data.Events) >= EventsPerParameter * columns.Count;
        if (penalty == "ridge" || (penalty == "auto" && !enough)) return (Logistic.Ridge(columns, data.Y, lambda), "ridge logistic regression");
        if (penalty != "firth")
        {
            var plain = Logistic.MaximumLikelihood(columns, data.Y);
            if (penalty == "none" || !plain.Separated) return (plain, "logistic regression by maximum likelihood");
        }
        return (Logistic.Firth(columns, data.Y), "Firth's bias-reduced logistic regression");
    }

    static double[] Predict(Logistic.Model model, UsableFeatures usable, LogitData data)
    {
        List<double[]> columns = [.. usable.Used.Select(j => data.Columns[j])];
        return [.. Enumerable.Range(0, data.N).Select(i => Logistic.Probability(model.Coefficients[0] + columns.Select((column, k) => model.Coefficients[k + 1] * column[i]).Sum()))];
    }

    static JsonObject Figures(LogitData data, UsableFeatures usable, Logistic.Model model)
    {
        var table = new CoefficientTable(data.Names, usable.Used, model);
        double share = (double)data.Events / data.N, empty = data.N * (share * Math.Log(share) + (1 - share) * Math.Log(1 - share));
        return new()
        {
            ["coefficients"] = table.Coefficients,
            ["standardErrors"] = table.StandardErrors,
            ["oddsRatios"] = table.OddsRatios,
            ["z"] = table.Z,
            ["p"] = table.P,
            ["deviance"] = Wire.Number(model.Deviance),
            ["nullDeviance"] = Wire.Number(-2 * empty),
            ["logLikelihood"] = Wire.Number(model.LogLikelihood),
            ["aic"] = Wire.Number(model.Deviance + 2 * (usable.Used.Count + 1)),
            ["mcfaddenR2"] = Wire.Number(1 - model.LogLikelihood / empty),
            ["n"] = data.N,
        };
    }

    static IEnumerable<string> Warnings(Words words, Logistic.Model model, string method, string penalty)
    {
        if (penalty == "auto" && method != "logistic regression by maximum likelihood")
            yield return words.Say($"The data do not bear plain maximum likelihood (separation or few events): {method} is shown.", $"数据不足以支持普通极大似然（分离或事件过少），采用 {method}。");
        if (penalty == "none" && model.Separated)
            yield return words.Say($"The outcomes are separated: coefficients and standard errors mean nothing.", $"数据完全分离：系数与标准误无意义。");
    }
}
