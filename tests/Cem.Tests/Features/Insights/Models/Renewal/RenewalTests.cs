using System.Text.Json.Nodes;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.Models.Renewal;

public sealed class RenewalTests
{
    [Test]
    public void A_score_known_only_afterwards_is_flagged_as_a_leak()
    {
        var answer = Ask.Model("renewal", Telco("telco_churn_with_satisfaction.csv", new() { ["tenure"] = "tenure", ["churn score"] = "Churn Score", ["satisfaction"] = "Satisfaction Score" }));
        Assert.That(answer["warnings"]!.AsArray().Select(w => (string?)w), Has.Some.StartsWith("satisfaction alone"));
    }

    [Test]
    public void Separated_rows_are_answered_by_Firth_with_finite_errors()
    {
        var x = new JsonArray([.. Enumerable.Range(0, 60).Select(i => (JsonNode)(double)i)]);
        var y = new JsonArray([.. Enumerable.Range(0, 60).Select(i => (JsonNode)(i < 30 ? 0 : 1))]);
        var answer = Ask.Model("renewal", new JsonObject { ["x"] = x, ["y"] = y }.ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["method"], Does.StartWith("Firth"));
            Assert.That(answer["fit"]!["standardErrors"]!["x"]!.GetValue<double>(), Is.LessThan(10));
            Assert.That(answer["warnings"]!.AsArray(), Is.Not.Empty);
        });
    }

    [Test]
    public void A_gap_is_filled_and_said_to_be_one()
    {
        var random = new Random(5);
        var x = new JsonArray([.. Enumerable.Range(0, 200).Select(i => i % 10 == 0 ? null : (JsonNode)random.NextDouble())]);
        var y = new JsonArray([.. Enumerable.Range(0, 200).Select(i => (JsonNode)(random.NextDouble() < 0.4 ? 1 : 0))]);
        var answer = Ask.Model("renewal", new JsonObject { ["x"] = x, ["y"] = y }.ToJsonString());
        Assert.That(answer["fit"]!["coefficients"]!.AsObject().Select(c => c.Key), Is.EqualTo(new[] { "(Intercept)", "x", "x (missing)" }));
        Assert.That(answer["fit"]!["n"]!.GetValue<int>(), Is.EqualTo(200));
    }

    [Test]
    public void Few_events_are_refused() =>
        Assert.That(Ask.Refusal("renewal", """{"x":[1,2,3,4],"y":[0,1,0,1]}""").Message, Does.Contain("at least 20"));

    [TestCase("""{"data":"a,b\n1,x\n","outcome":"b=x","features":{"f":"c"}}""", "/features")]
    [TestCase("""{"data":"a,b\n1,5\n","outcome":"b","features":["a"]}""", "/outcome")]
    [TestCase("""{"data":"a,b\n1,1\n","outcome":"b","features":["a"],"trainRule":"at random"}""", "/trainRule")]
    [TestCase("""{"data":"a,b\n1,1\n","outcome":"b","features":["a"],"rows":"some"}""", "/rows")]
    public void What_cannot_be_read_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("renewal", input).Pointer, Is.EqualTo(pointer));

    [Test]
    public void Firth_gives_the_published_coefficients()
    {
        // Heinze and Schemper 2002; documentation of R logistf.
        var answer = Ask.Model("firth-logit", new JsonObject
        {
            ["data"] = File.ReadAllText(SharedFiles.PathTo("oracles", "more", "data", "sex2.csv")),
            ["outcome"] = "case",
            ["features"] = new JsonArray("age", "oc", "vic", "vicl", "vis", "dia"),
        }.ToJsonString());
        var published = new Dictionary<string, double> { ["age"] = -1.1060, ["oc"] = -0.0688, ["vic"] = 2.2689, ["vicl"] = -2.1114, ["vis"] = -0.7883, ["dia"] = 3.0960 };
        Assert.Multiple(() =>
        {
            foreach (var (name, value) in published) Assert.That(answer["coefficients"]![name]!.GetValue<double>(), Is.EqualTo(value).Within(6e-5), name);
        });
    }

    [Test]
    public void X_data_can_be_shown_to_add_something()
    {
        var comparison = Cem.Kernel.Statistics.Auc.Compare([false, false, true, true, false, true], [1, 2, 5, 6, 3, 4], [1, 5, 2, 6, 4, 3])!;
        Assert.That(comparison.Difference, Is.EqualTo(4 / 9.0).Within(1e-12));
        Assert.That(comparison.P, Is.InRange(0.0, 0.2));
    }

    static string Telco(string file, JsonObject features) => new JsonObject
    {
        ["data"] = File.ReadAllText(SharedFiles.PathTo("oracles", "more", "data", file)),
        ["outcome"] = "Churn=Yes",
        ["features"] = features,
    }.ToJsonString();
}
