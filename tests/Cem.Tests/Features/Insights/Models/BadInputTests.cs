using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Server.Features.Insights.Models;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.Models;

/// <summary>Whatever a caller sends, a model answers with finite figures or refuses with a field and a reason.</summary>
public sealed class BadInputTests
{
    static readonly JsonNode?[] Wrong =
        [null, "text", -1, 0, 0.5, 2, 1e99, 1e300, true, new JsonArray(), new JsonArray(1, "x", null), new JsonArray(new JsonArray(1)), new JsonObject(), new JsonObject { ["a~/b"] = 1 }];

    static IEnumerable<string> Models() => ModelCatalog.Names;

    [TestCaseSource(nameof(Models))]
    public void Spoilt_oracle_inputs_are_answered_or_refused(string model)
    {
        var tried = 0;
        Assert.Multiple(() =>
        {
            List<JsonObject> all = [.. OracleTests.InputsOf(model).Take(4).Select(Shorter).SelectMany(Spoil)];
            // An even sample is enough where a model reads hundreds of fields.
            foreach (var spoilt in all.Where((_, i) => i % (all.Count / 600 + 1) == 0))
            {
                tried++;
                AnswersOrRefuses(model, spoilt);
            }
        });
        SharedFiles.PathTo("oracles");
        Assert.That(tried, Is.GreaterThan(0));
    }

    [TestCaseSource(nameof(Models))]
    public void Inputs_of_another_shape_are_refused(string model)
    {
        Assert.Multiple(() =>
        {
            foreach (var input in new[] { "[]", "1", "null", "\"x\"", "{\"noSuchField\":1}", "{\"language\":\"fr\"}", "{\"\\ud800\":1}", "{\"language\":\"\\ud800\"}" })
                Assert.That(() => ModelCatalog.Find(model)!.Run(JsonSerializer.Deserialize<JsonElement>(input)), Throws.TypeOf<ModelRefusal>(), input);
        });
    }

    [TestCaseSource(nameof(Models))]
    public void The_sentence_speaks_the_language_asked_for(string model)
    {
        foreach (var input in OracleTests.InputsOf(model).Take(1))
        {
            input["language"] = "zh-CN";
            var answer = ModelCatalog.Find(model)!.Run(JsonSerializer.SerializeToElement(input));
            Assert.That(answer.Sentence, Does.Match(@"\p{IsCJKUnifiedIdeographs}"));
        }
    }

    // A few rows of a large table are spoilt as well as all of them, and a hundred times faster.
    static JsonObject Shorter(JsonObject input)
    {
        if ((string?)input["data"] is { } data) input["data"] = string.Join('\n', data.Split('\n').Take(120));
        if (input.ContainsKey("paths")) input["resamples"] = 0;
        return input;
    }

    static IEnumerable<JsonObject> Spoil(JsonObject input)
    {
        foreach (var place in Places(input, 3).ToList())
        {
            foreach (var wrong in Wrong)
            {
                var copy = (JsonObject)input.DeepClone();
                Replace(copy, place, wrong?.DeepClone());
                yield return copy;
            }
        }
    }

    // The paths of all fields and of the first items of lists, down to a depth.
    static IEnumerable<List<object>> Places(JsonNode? node, int depth)
    {
        var children = node switch
        {
            JsonObject map => map.Select(field => ((object)field.Key, field.Value)),
            JsonArray list => list.Take(2).Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (key, child) in children)
        {
            yield return [key];
            if (depth > 1)
                foreach (var deeper in Places(child, depth - 1)) yield return [key, .. deeper];
        }
    }

    static void Replace(JsonNode root, List<object> place, JsonNode? value)
    {
        foreach (var step in place.SkipLast(1)) root = step is string name ? root[name]! : root[(int)step]!;
        if (place[^1] is string last) root[last] = value;
        else root[(int)place[^1]] = value;
    }

    static void AnswersOrRefuses(string model, JsonObject input)
    {
        try
        {
            // Serialising fails on NaN and infinities.
            _ = ModelCatalog.Find(model)!.Run(JsonSerializer.SerializeToElement(input)).ToJson().ToJsonString();
        }
        catch (ModelRefusal refusal)
        {
            Assert.That(refusal.Message, Is.Not.Empty);
            Assert.That(refusal.Pointer, Does.Match("^(/.*)?$"));
        }
        catch (Exception fault)
        {
            Assert.Fail($"{model} threw {fault.GetType().Name}: {fault.Message} at {fault.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Features"))?.Trim()} on {Shorten(input.ToJsonString())}");
        }
    }

    static string Shorten(string text) => text.Length > 300 ? text[..300] + "..." : text;
}
