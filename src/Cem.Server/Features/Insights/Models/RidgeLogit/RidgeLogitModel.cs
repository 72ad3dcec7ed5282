using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.Renewal;

namespace Cem.Server.Features.Insights.Models.RidgeLogit;

/// <summary>Logistic regression with coefficients drawn towards 0: for few events, many or overlapping features, separation.</summary>
internal sealed class RidgeLogitModel : IModel
{
    public string Name => "ridge-logit";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, [.. LogitData.Fields, "lambda"]);
        var lambda = read.Number("lambda", 1e-8, 1e8, 1);
        var data = LogitData.Read(read).Complete();
        LogitChecks.Usable(read, data);
        var model = Logistic.Ridge(data.Columns, data.Y, lambda);
        if (!model.Converged) throw read.Refuse("", ModelRefusal.NotComputable, "The fit did not converge.");
        var figures = new JsonObject
        {
            ["interceptStandardised"] = Wire.Number(model.Standardised[0]),
            ["coefficientsStandardised"] = Wire.Named(data.Names, model.Standardised[1..]),
            ["coefficientsOriginal"] = Wire.Named(data.Names, model.Coefficients[1..]),
            ["interceptOriginal"] = Wire.Number(model.Coefficients[0]),
            ["logLikelihood"] = Wire.Number(model.LogLikelihood),
            ["lambda"] = Wire.Number(lambda),
            ["events"] = data.Events,
        };
        return new(data.N, data.Excluded, "ridge logistic regression", [],
            read.Words.Say($"{data.Events} events in {data.N} rows, shrunk with lambda {lambda:0.###}; association, not cause.", $"{data.N} 行中 {data.Events} 个事件，收缩系数 {lambda:0.###}；为相关而非因果。"), figures);
    }
}
