namespace Cem.Tests.Features.Insights.Models.EntropyWeights;

public sealed class EntropyWeightsTests
{
    [TestCase("""{"matrix":[[5,1],[5,2],[5,9]]}""", new[] { 0.0, 1.0 })]
    [TestCase("""{"matrix":[[5,1],[5,1]]}""", new[] { 0.5, 0.5 })]
    [TestCase("""{"matrix":[[5,1]]}""", new[] { 0.5, 0.5 })]
    public void A_constant_column_has_no_weight_unless_all_are(string input, double[] weights) =>
        Assert.That(Ask.Model("entropy-weights", input)["weights"]!.AsArray().Select(w => w!.GetValue<double>()), Is.EqualTo(weights).Within(1e-12));

    [Test]
    public void Rows_with_a_gap_are_excluded() =>
        Assert.That(Ask.Model("entropy-weights", """{"matrix":[[5,1],[null,3],[7,2]]}""").Figure("excluded"), Is.EqualTo(1));
}
