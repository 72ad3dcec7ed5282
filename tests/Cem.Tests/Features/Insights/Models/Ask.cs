using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Server.Features.Insights.Models;

namespace Cem.Tests.Features.Insights.Models;

/// <summary>Runs a model on JSON text.</summary>
internal static class Ask
{
    public static JsonObject Model(string name, string input) =>
        ModelCatalog.Find(name)!.Run(JsonSerializer.Deserialize<JsonElement>(input)).ToJson();

    public static double? Figure(this JsonObject answer, string field) => answer[field]?.GetValue<double>();

    public static ModelRefusal Refusal(string name, string input) =>
        Assert.Throws<ModelRefusal>(() => ModelCatalog.Find(name)!.Run(JsonSerializer.Deserialize<JsonElement>(input)))!;
}
