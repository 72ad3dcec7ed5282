using System.Text.Json.Nodes;

namespace Cem.Server.Features.Insights.Models;

/// <summary>Figures as JSON. What is undefined becomes null here, so that no NaN can reach the wire.</summary>
internal static class Wire
{
    public static JsonNode? Number(double? value) =>
        // Adding 0 turns -0 into 0.
        value is { } v && double.IsFinite(v) ? JsonValue.Create(v + 0.0) : null;

    public static JsonNode? Flag(bool? value) => value is { } v ? JsonValue.Create(v) : null;

    public static JsonArray Numbers(IEnumerable<double?> values) => new([.. values.Select(Number)]);

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(v => Number(v))]);

    public static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)JsonValue.Create(v))]);

    public static JsonArray List(IEnumerable<JsonNode?> values) => new([.. values]);

    /// <summary>Figures by names that the caller gave (drivers, constructs, branches), in the caller's order.</summary>
    public static JsonObject Named(IReadOnlyList<string> names, IReadOnlyList<double> values) =>
        Named(names, i => Number(values[i]));

    /// <inheritdoc cref="Named(IReadOnlyList{string}, IReadOnlyList{double})"/>
    public static JsonObject Named(IReadOnlyList<string> names, IReadOnlyList<double?> values) =>
        Named(names, i => Number(values[i]));

    /// <inheritdoc cref="Named(IReadOnlyList{string}, IReadOnlyList{double})"/>
    public static JsonObject Named(IReadOnlyList<string> names, Func<int, JsonNode?> value)
    {
        var map = new JsonObject();
        for (var i = 0; i < names.Count; i++) map[names[i]] = value(i);
        return map;
    }
}
