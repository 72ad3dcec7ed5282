using System.Globalization;
using System.Text.Json.Nodes;
using Cem.Kernel.Statistics;

namespace Cem.Tests.Features.Insights.Models.KeyDrivers;

public sealed class KeyDriversTests
{
    [Test]
    public void Twins_share_equally_and_nothing_explodes()
    {
        var answer = Ask.Model("key-drivers", Input((a, b) => [a, a, b], ["one", "twin", "other"]));
        var lmg = answer["lmg"]!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(lmg["one"]!.GetValue<double>(), Is.EqualTo(lmg["twin"]!.GetValue<double>()).Within(1e-12));
            Assert.That(lmg.Sum(share => share.Value!.GetValue<double>()), Is.EqualTo(answer.Figure("r2")).Within(1e-9));
            Assert.That(answer["johnson"]!["one"]!.GetValue<double>(), Is.EqualTo(answer["johnson"]!["twin"]!.GetValue<double>()).Within(1e-9));
            Assert.That(answer["vif"]!["one"], Is.Null);
            Assert.That(answer["warnings"]!.AsArray().Select(w => (string?)w), Has.Some.Contains("twin"));
        });
    }

    [Test]
    public void Twins_of_a_correlation_matrix_share_their_coefficient_too()
    {
        var answer = Ask.Model("key-drivers", """{"correlations":[[1,1],[1,1]],"outcomeCorrelations":[0.6,0.6]}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer["lmg"]!.AsArray().Select(v => v!.GetValue<double>()), Is.EqualTo(new[] { 0.18, 0.18 }).Within(1e-12));
            Assert.That(answer["standardisedBeta"]!.AsArray().Select(v => v!.GetValue<double>()), Is.EqualTo(new[] { 0.3, 0.3 }).Within(1e-12));
            Assert.That(answer["warnings"]!.AsArray(), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void A_driver_that_never_varies_has_no_importance_and_leaves_the_others_alone()
    {
        var with = Ask.Model("key-drivers", Input((a, b) => [a, 3, b], ["one", "constant", "other"]));
        var without = Ask.Model("key-drivers", Input((a, b) => [a, b], ["one", "other"]));
        Assert.Multiple(() =>
        {
            Assert.That(with["lmg"]!["constant"], Is.Null);
            Assert.That(with["coefficients"]!["constant"], Is.Null);
            Assert.That(with["lmg"]!["one"]!.GetValue<double>(), Is.EqualTo(without["lmg"]!["one"]!.GetValue<double>()).Within(1e-12));
        });
    }

    [Test]
    public void The_bootstrap_repeats_with_its_seed_and_holds_the_estimate()
    {
        var input = JsonNode.Parse(Input((a, b) => [a, b], ["one", "other"]))!.AsObject();
        input["resamples"] = 200;
        input["seed"] = 11;
        var first = Ask.Model("key-drivers", input.ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That(Ask.Model("key-drivers", input.ToJsonString())["stability"]!.ToJsonString(), Is.EqualTo(first["stability"]!.ToJsonString()));
            Assert.That(first["lmgPercent"]!["one"]!.GetValue<double>(),
                Is.InRange(first["stability"]!["percentLower"]!["one"]!.GetValue<double>(), first["stability"]!["percentUpper"]!["one"]!.GetValue<double>()));
        });
    }

    [Test]
    public void Shares_of_eighteen_drivers_still_add_up()
    {
        var matrix = new double[18, 18];
        for (var i = 0; i < 18; i++)
            for (var j = 0; j < 18; j++) matrix[i, j] = i == j ? 1 : 0.3;
        var importance = new RelativeImportance(matrix, [.. Enumerable.Range(0, 18).Select(i => 0.2 + 0.01 * i)]);
        Assert.That(importance.Lmg().Sum(), Is.EqualTo(importance.R2).Within(1e-9));
        Assert.That(importance.Johnson().Sum(), Is.EqualTo(importance.R2).Within(1e-9));
    }

    [TestCase("""{"data":"y,a\n1,1\n2,2","outcome":"y","drivers":["a"]}""", "/data", TestName = "Too few rows are refused")]
    [TestCase("""{"data":"y,a\n1,1\n1,2\n1,3\n1,4\n","outcome":"y","drivers":["a"]}""", "/outcome", TestName = "A constant outcome is refused")]
    [TestCase("""{"data":"y,a\n1,1\n","outcome":"z","drivers":["a"]}""", "/outcome", TestName = "An outcome that is not there is refused")]
    [TestCase("""{"data":"y,a\n1,1\n","outcome":"y","drivers":["b"]}""", "/drivers", TestName = "A driver that is not there is refused")]
    [TestCase("""{"data":"y,a\n1,1\n","outcome":"y","drivers":["y"]}""", "/drivers", TestName = "The outcome as a driver is refused")]
    [TestCase("""{"data":"y,a\n1,1\n","outcome":"y","drivers":["a","a"]}""", "/drivers", TestName = "A driver named twice is refused")]
    [TestCase("""{"correlations":[[1,0.9],[0.9,1]],"outcomeCorrelations":[0.9,-0.9]}""", "/outcomeCorrelations", TestName = "Impossible correlations are refused")]
    [TestCase("""{"correlations":[[1,0.9],[0.8,1]],"outcomeCorrelations":[0.1,0.1]}""", "/correlations/0/1", TestName = "An asymmetric matrix is refused")]
    public void What_cannot_be_computed_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("key-drivers", input).Pointer, Is.EqualTo(pointer));

    static string Input(Func<int, int, int[]> row, string[] drivers)
    {
        var random = new Random(3);
        var lines = Enumerable.Range(0, 80).Select(_ =>
        {
            int a = random.Next(1, 6), b = random.Next(1, 6);
            return string.Join(',', row(a, b).Append(2 * a + b + random.Next(0, 3)).Select(v => v.ToString(CultureInfo.InvariantCulture)));
        });
        return new JsonObject
        {
            ["data"] = string.Join(',', drivers) + ",y\n" + string.Join('\n', lines),
            ["outcome"] = "y",
            ["drivers"] = new JsonArray([.. drivers.Select(d => (JsonNode)d)]),
        }.ToJsonString();
    }
}
