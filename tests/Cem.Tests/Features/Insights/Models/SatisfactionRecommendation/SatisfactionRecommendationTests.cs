using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cem.Tests.Features.Insights.Models.SatisfactionRecommendation;

public sealed class SatisfactionRecommendationTests
{
    const string Rows = "a1,a2,b1,b2,c1\n5,4,5,4,9\n4,4,4,5,8\n3,2,2,3,5\n2,3,3,2,4\n1,1,2,1,2\n5,5,4,4,9\n4,3,4,3,7\n2,1,1,2,3\n3,3,3,4,6\n4,5,5,5,8\n2,2,1,1,4\n5,4,4,5,10\n";

    [Test]
    public void Raw_items_give_the_figures_of_Tenenhaus_and_others()
    {
        var input = Mobi("pls_published");
        input["manifestMetric"] = "raw";
        input["resamples"] = 0;
        var answer = Ask.Model("satisfaction-recommendation", input.ToJsonString());
        var expected = new Dictionary<string, double>
        {
            ["Image->Expectation"] = 0.4930, ["Expectation->Quality"] = 0.5451, ["Expectation->Value"] = 0.0659, ["Quality->Value"] = 0.5403,
            ["Image->Satisfaction"] = 0.1527, ["Expectation->Satisfaction"] = 0.0371, ["Quality->Satisfaction"] = 0.5444, ["Value->Satisfaction"] = 0.1997,
        };
        Assert.Multiple(() =>
        {
            foreach (var (path, value) in expected) Assert.That(answer["paths"]![path]!.GetValue<double>(), Is.EqualTo(value).Within(6e-5), path);
            Assert.That(answer["r2"]!["Satisfaction"]!.GetValue<double>(), Is.EqualTo(0.6717).Within(6e-5));
            Assert.That((string?)answer["method"], Does.Contain("raw items"));
        });
    }

    [Test]
    public void Quality_and_satisfaction_are_warned_to_be_hardly_told_apart()
    {
        var input = Mobi("pls_ecsi_mobi", 1);
        input["resamples"] = 0;
        var answer = Ask.Model("satisfaction-recommendation", input.ToJsonString());
        Assert.That(answer["warnings"]!.AsArray().Select(w => (string?)w), Has.Some.Match("PerceivedQuality and Satisfaction are hardly told apart"));
        Assert.That((string?)answer["method"], Does.Contain("standardised items"));
    }

    [Test]
    public void The_bootstrap_repeats_with_its_seed()
    {
        JsonNode? Draw(int seed)
        {
            var input = Small();
            input["resamples"] = 500;
            input["seed"] = seed;
            return Ask.Model("satisfaction-recommendation", input.ToJsonString())["bootstrap"]!["pathSe"];
        }
        Assert.Multiple(() =>
        {
            Assert.That(Draw(3)!.ToJsonString(), Is.EqualTo(Draw(3)!.ToJsonString()));
            Assert.That(Draw(3)!.ToJsonString(), Is.Not.EqualTo(Draw(4)!.ToJsonString()));
        });
    }

    [Test]
    public void A_single_item_construct_is_its_item()
    {
        var answer = Ask.Model("satisfaction-recommendation", Small().ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That(answer["loadings"]!["C"]!["c1"]!.GetValue<double>(), Is.EqualTo(1).Within(1e-12));
            Assert.That(answer["reliability"]!["C"]!["cronbachAlpha"]!.GetValue<double>(), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_constant_item_is_left_out_with_a_warning_and_a_constant_construct_refused()
    {
        var input = Small();
        input["data"] = Constant(Rows, 1);
        Assert.That(Ask.Model("satisfaction-recommendation", input.ToJsonString())["warnings"]!.AsArray().Select(w => (string?)w), Has.Some.StartsWith("a2 is the same"));
        input["data"] = Constant(Rows, 4);
        Assert.That(Ask.Refusal("satisfaction-recommendation", input.ToJsonString()).Message, Does.Contain("\"C\""));
    }

    [Test]
    public void A_reversed_item_is_pointed_out()
    {
        var input = Small();
        input["data"] = string.Join('\n', Rows.Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : Reverse(line)));
        Assert.That(Ask.Model("satisfaction-recommendation", input.ToJsonString())["warnings"]!.AsArray().Select(w => (string?)w), Has.Some.Contains("a2 loads negatively"));
    }

    [Test]
    public void Rows_with_gaps_are_left_out_or_filled_as_asked()
    {
        var input = Small();
        input["data"] = Rows + ",3,3,3,5\n";
        Assert.That(Ask.Model("satisfaction-recommendation", input.ToJsonString()).Figure("excluded"), Is.EqualTo(1));
        input["missing"] = "mean";
        Assert.That(Ask.Model("satisfaction-recommendation", input.ToJsonString()).Figure("n"), Is.EqualTo(13));
    }

    [TestCase("""[["A","B"],["B","C"],["C","A"]]""", "circle")]
    [TestCase("""[["A","B"]]""", "\"C\"")]
    [TestCase("""[["A","B"],["B","D"]]""", "\"D\"")]
    [TestCase("""[["A","B"],["B","C"],["A","B"]]""", "twice")]
    [TestCase("""[["A","A"],["B","C"]]""", "circle")]
    public void What_is_no_model_is_refused_by_name(string paths, string reason)
    {
        var input = Small();
        input["paths"] = JsonNode.Parse(paths);
        Assert.That(Ask.Refusal("satisfaction-recommendation", input.ToJsonString()).Message, Does.Contain(reason));
    }

    [Test]
    public void Causes_that_are_the_same_are_refused()
    {
        var input = Small();
        input["data"] = string.Join('\n', Rows.Split('\n').Where(line => line.Length > 0).Select((line, i) => line + "," + (i == 0 ? "d1,d2" : string.Join(',', line.Split(',').Take(2)))));
        input["blocks"]!["D"] = new JsonArray("d1", "d2");
        input["paths"] = JsonNode.Parse("""[["A","C"],["D","C"],["B","C"]]""");
        Assert.That(Ask.Refusal("satisfaction-recommendation", input.ToJsonString()).Message, Does.Contain("collinear"));
    }

    [Test]
    public void Every_path_through_many_constructs_is_found_once()
    {
        var random = new Random(2);
        const int count = 30;
        List<string> names = [.. Enumerable.Range(0, count).Select(i => $"v{i}")];
        var rows = Enumerable.Range(0, 200).Select(_ => string.Join(',', names.Select(_ => random.Next(1, 11))));
        var answer = Ask.Model("satisfaction-recommendation", new JsonObject
        {
            ["data"] = string.Join(',', names) + "\n" + string.Join('\n', rows),
            ["blocks"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonArray(name)))),
            ["paths"] = new JsonArray([.. from a in Enumerable.Range(0, count) from b in Enumerable.Range(a + 1, count - a - 1) select (JsonNode)new JsonArray(names[a], names[b])]),
            ["resamples"] = 0,
        }.ToJsonString());
        Assert.That(answer["total"]!.AsObject(), Has.Count.EqualTo(count * (count - 1) / 2));
    }

    [Test]
    public void An_item_in_two_blocks_is_refused()
    {
        var input = Small();
        input["blocks"]!["B"] = new JsonArray("b1", "a1");
        Assert.That(Ask.Refusal("satisfaction-recommendation", input.ToJsonString()).Message, Does.Contain("a1"));
    }

    [Test]
    public void Too_few_rows_are_refused()
    {
        var input = Small();
        input["data"] = string.Join('\n', Rows.Split('\n').Take(3));
        Assert.That(Ask.Refusal("satisfaction-recommendation", input.ToJsonString()).Pointer, Is.EqualTo("/data"));
    }

    static JsonObject Small() => new()
    {
        ["data"] = Rows,
        ["blocks"] = new JsonObject { ["A"] = new JsonArray("a1", "a2"), ["B"] = new JsonArray("b1", "b2"), ["C"] = new JsonArray("c1") },
        ["paths"] = JsonNode.Parse("""[["A","B"],["A","C"],["B","C"]]"""),
        ["resamples"] = 0,
    };

    static JsonObject Mobi(string file, int place = 0) => JsonSerializer.SerializeToNode(OracleCase.Of(file).ElementAt(place).Input)!.AsObject();

    static string Constant(string rows, int column) => string.Join('\n', rows.Split('\n').Select((line, i) =>
        i == 0 || line.Length == 0 ? line : string.Join(',', line.Split(',').Select((cell, j) => j == column ? "3" : cell))));

    static string Reverse(string line)
    {
        var cells = line.Split(',');
        cells[1] = (6 - int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join(',', cells);
    }
}
