using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cem.Tests.Features.Insights.Models;

/// <summary>Compares an answer with what an oracle expects, by the rule of the oracles' README.</summary>
internal sealed class OracleComparison(JsonObject tolerance, JsonNode answer)
{
    readonly List<string> _differences = [];

    /// <summary>One line for each expected figure that the answer has not.</summary>
    public static IReadOnlyList<string> Differences(OracleCase oracle, JsonNode answer)
    {
        var comparison = new OracleComparison(oracle.Tolerance, answer);
        comparison.Compare("", oracle.Case["expected"], answer);
        return comparison._differences;
    }

    void Compare(string path, JsonNode? expected, JsonNode? got)
    {
        switch (expected)
        {
            case null:
                if (got is not null) _differences.Add($"{path}: expected null, got {got.ToJsonString()}");
                break;
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    if (got is not JsonObject answers) { _differences.Add($"{path}: expected an object, got {got?.ToJsonString() ?? "null"}"); return; }
                    if (!answers.TryGetPropertyValue(key, out var found) && !answers.TryGetPropertyValue(OracleCase.Camel(key), out found))
                        _differences.Add($"{path}/{key}: missing");
                    else
                        Compare($"{path}/{key}", value, found);
                }
                break;
            case JsonArray list:
                if (got is not JsonArray items || items.Count < list.Count || (items.Count != list.Count && !path.StartsWith("/first_", StringComparison.Ordinal)))
                    _differences.Add($"{path}: expected a list of {list.Count}, got {got?.ToJsonString() ?? "null"}");
                else
                    for (var i = 0; i < list.Count; i++) Compare($"{path}/{i}", list[i], items[i]);
                break;
            default:
                if (expected.GetValueKind() == JsonValueKind.Number && got?.GetValueKind() == JsonValueKind.Number)
                    CompareNumbers(path, expected.GetValue<double>(), double.Parse(got.ToJsonString(), CultureInfo.InvariantCulture));
                else if (!JsonNode.DeepEquals(expected, got))
                    _differences.Add($"{path}: expected {expected.ToJsonString()}, got {got?.ToJsonString() ?? "null"}");
                break;
        }
    }

    void CompareNumbers(string path, double expected, double got)
    {
        var allowed = Allowed(path, expected);
        if (!(Math.Abs(got - expected) <= allowed))
            _differences.Add(FormattableString.Invariant($"{path}: expected {expected:R}, got {got:R}, allowed {allowed}"));
    }

    double Allowed(string path, double expected)
    {
        var field = path.Split('/').First(part => part.Length > 0);
        if (field.StartsWith("bootstrap", StringComparison.Ordinal))
        {
            // "max(3 points, 400/n points)" is how the NPS oracles write theirs.
            if (tolerance.ContainsKey("bootstrap_abs")) return Math.Max(3, 400 / answer["n"]!.GetValue<double>());
            if (path.Contains("/path_ci", StringComparison.Ordinal)) return Number("bootstrap_ci_abs");
            if (path.Contains("/path_", StringComparison.Ordinal)) return Number("bootstrap_se_rel") * Math.Abs(expected);
        }
        foreach (var (name, key) in new[] { ("weights", "weights_abs"), ("htmt", "htmt_abs") })
            if (field == name && tolerance.ContainsKey(key)) return Number(key);
        if (path.Contains("auc", StringComparison.Ordinal) && tolerance.ContainsKey("auc_abs")) return Number("auc_abs");
        if ((path.EndsWith("_p", StringComparison.Ordinal) || path.EndsWith("_p_exact", StringComparison.Ordinal)) && tolerance.ContainsKey("p_abs")) return Number("p_abs");
        return Number("abs") + Number("rel") * Math.Abs(expected);
    }

    double Number(string key) => tolerance[key]?.GetValue<double>() ?? 0;
}
