using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;
using Cem.Server.Features.Insights.Models.Renewal;

namespace Cem.Server.Features.Insights.Models.FirthLogit;

/// <summary>Bias-reduced logistic regression for small samples and separated data.</summary>
internal sealed class FirthLogitModel : IModel
{
    public string Name => "firth-logit";

    public ModelAnswer Run(JsonElement input)
    {
        var read = ModelInput.Of(input, LogitData.Fields);
        var data = LogitData.Read(read).Complete();
        var features = LogitChecks.Usable(read, data);
        var model = Logistic.Firth([.. features.Used.Select(j => data.Columns[j])], data.Y);
        if (!model.Converged) throw read.Refuse("", ModelRefusal.NotComputable, "The fit did not converge.");
        var table = new CoefficientTable(data.Names, features.Used, model);
        var figures = new JsonObject
        {
            ["coefficients"] = table.Coefficients,
            ["standardErrors"] = table.StandardErrors,
            ["oddsRatios"] = table.OddsRatios,
            ["z"] = table.Z,
            ["p"] = table.P,
            ["logLikelihood"] = Wire.Number(model.LogLikelihood),
            ["events"] = data.Events,
        };
        return new(data.N, data.Excluded, "Firth's bias-reduced logistic regression", features.Warnings,
            read.Words.Say($"{data.Events} events in {data.N} rows; association, not cause.", $"{data.N} 行中 {data.Events} 个事件；为相关而非因果。"), figures);
    }
}
