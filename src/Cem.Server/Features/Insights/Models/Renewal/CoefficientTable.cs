using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.Renewal;

/// <summary>The coefficients of a logistic regression by name, intercept first; null for a feature that was left out.</summary>
internal sealed class CoefficientTable(IReadOnlyList<string> names, IReadOnlyList<int> used, Logistic.Model model)
{
    public JsonObject Coefficients => Named(k => model.Coefficients[k]);

    public JsonObject StandardErrors => Named(k => model.StandardErrors[k]);

    public JsonObject OddsRatios => Named(k => Math.Exp(model.Coefficients[k]));

    public JsonObject Z => Named(k => model.Coefficients[k] / model.StandardErrors[k]);

    public JsonObject P => Named(k => Normal.TwoSidedP(model.Coefficients[k] / model.StandardErrors[k]));

    JsonObject Named(Func<int, double> value)
    {
        var map = new JsonObject { ["(Intercept)"] = Wire.Number(value(0)) };
        for (var j = 0; j < names.Count; j++) map[names[j]] = null;
        for (var k = 0; k < used.Count; k++) map[names[used[k]]] = Wire.Number(value(k + 1));
        return map;
    }
}
