using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.Models;

/// <summary>One case of an oracle file as a caller would send it: camelCase names, a named file replaced by its text.</summary>
internal sealed partial record OracleCase(string File, string Name, JsonObject Case, JsonObject Tolerance)
{
    // Their fields are names that the caller chose, and stay as they are.
    static readonly HashSet<string> Dictionaries =
        ["filter", "features", "blocks", "outcome_recode", "performance", "importance", "group_counts", "other_counts", "new_scores"];

    public bool MustBeRefused => Case["expected_error"]?.GetValue<bool>() ?? false;

    public JsonElement Input => JsonSerializer.SerializeToElement(Send((JsonObject)Case["input"]!));

    public override string ToString() => $"{File}/{Name}";

    /// <summary>The cases of a file, in its order.</summary>
    public static IEnumerable<OracleCase> Of(string file)
    {
        var content = (JsonObject)JsonNode.Parse(System.IO.File.ReadAllText(SharedFiles.PathTo("oracles", file + ".json")))!;
        foreach (var item in content["cases"]!.AsArray())
            yield return new(file, (string)item!["name"]!, (JsonObject)item, (JsonObject)(item["tolerance"] ?? content["default_tolerance"])!);
    }

    /// <summary>scale_max -> scaleMax.</summary>
    public static string Camel(string name) => Underscore().Replace(name, match => match.Groups[1].Value.ToUpperInvariant());

    static JsonObject Send(JsonObject input)
    {
        var sent = (JsonObject)Rename(input);
        if (input["file"] is { } file)
        {
            sent.Remove("file");
            sent["data"] = System.IO.File.ReadAllText(SharedFiles.PathTo("oracles", (string)file!));
        }
        return sent;
    }

    static JsonNode Rename(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(field => KeyValuePair.Create(Camel(field.Key),
            field.Value is null ? null : Dictionaries.Contains(field.Key) ? field.Value.DeepClone() : Rename(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Rename(item))]),
        _ => node.DeepClone(),
    };

    [GeneratedRegex("_([A-Za-z0-9])")]
    private static partial Regex Underscore();
}
