using System.Text.Json.Nodes;

namespace Cem.Server.Features.Insights.Models;

/// <summary>What a model answers: its figures and, beside them, what makes them readable.</summary>
/// <param name="N">How many answers, rows or values the figures rest on; fractional only for weighted data.</param>
/// <param name="Excluded">How many were left out as missing or invalid.</param>
/// <param name="Method">The method in a few words of the field.</param>
/// <param name="Warnings">What a reader must know before using the figures.</param>
/// <param name="Sentence">The answer in one plain sentence.</param>
/// <param name="Figures">The figures by their names on the wire.</param>
internal sealed record ModelAnswer(
    double N, double Excluded, string Method, IReadOnlyList<string> Warnings, string Sentence, JsonObject Figures)
{
    /// <summary>The body of the answer: the figures, then the five fields that every model has.</summary>
    public JsonObject ToJson()
    {
        var body = (JsonObject)Figures.DeepClone();
        body["n"] = Wire.Number(N);
        body["excluded"] = Wire.Number(Excluded);
        body["method"] = Method;
        body["warnings"] = Wire.Texts(Warnings);
        body["sentence"] = Sentence;
        return body;
    }
}
