namespace Cem.Tests.Features.Insights.Models.IndicatorTree;

public sealed class IndicatorTreeTests
{
    [Test]
    public void A_flat_list_gives_what_the_nested_tree_gives()
    {
        var nested = Ask.Model("indicator-tree", """{"tree":{"id":"r","children":[{"id":"a","weight":1,"score":80,"se":2},{"id":"b","weight":3,"children":[{"id":"c","weight":1,"score":60,"se":1}]}]}}""");
        var flat = Ask.Model("indicator-tree", """{"nodes":[{"id":"c","parent":"b","weight":1,"score":60,"se":1},{"id":"r"},{"id":"a","parent":"r","weight":1,"score":80,"se":2},{"id":"b","parent":"r","weight":3}]}""");
        Assert.Multiple(() =>
        {
            Assert.That(nested["nodes"]!["r"]!["score"]!.GetValue<double>(), Is.EqualTo(65));
            Assert.That(flat["nodes"]!["r"]!.ToJsonString(), Is.EqualTo(nested["nodes"]!["r"]!.ToJsonString()));
        });
    }

    [Test]
    public void Just_enough_coverage_is_enough()
    {
        var answer = Ask.Model("indicator-tree", """{"tree":{"id":"r","children":[{"id":"a","weight":0.3,"score":80},{"id":"b","weight":0.2,"score":60},{"id":"c","weight":0.1},{"id":"d","weight":0.4}]},"minCoverage":0.5}""");
        Assert.That(answer["nodes"]!["r"]!["score"]!.GetValue<double>(), Is.EqualTo(72).Within(1e-9));
        Assert.That(answer["warnings"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public void A_leaf_without_error_leaves_the_root_without_one()
    {
        var answer = Ask.Model("indicator-tree", """{"tree":{"id":"r","children":[{"id":"a","weight":1,"score":80,"se":2},{"id":"b","weight":1,"score":60}]}}""");
        Assert.That(answer["nodes"]!["r"]!["se"], Is.Null);
    }

    [TestCase("""{"tree":{"id":"r","children":[{"id":"r","weight":1,"score":1}]}}""", "/tree/children/0/id", TestName = "A node below itself is refused")]
    [TestCase("""{"tree":{"id":"r","children":[{"id":"a","weight":1,"children":[{"id":"x","weight":1}]},{"id":"b","weight":1,"children":[{"id":"x","weight":1}]}]}}""", "/tree/children/1/children/0/id", TestName = "A node with two parents is refused")]
    [TestCase("""{"tree":{"id":"r","children":[{"id":"a","weight":-1,"score":1}]}}""", "/tree/children/0/weight", TestName = "A negative weight is refused")]
    [TestCase("""{"tree":{"id":"r","children":[{"id":"a","weight":0,"score":1},{"id":"b","weight":0,"score":1}]}}""", "/tree/children", TestName = "Weights that are all 0 are refused")]
    [TestCase("""{"nodes":[{"id":"r"},{"id":"a","parent":"b","weight":1},{"id":"b","parent":"a","weight":1}]}""", "/nodes/1/parent", TestName = "A circle of parents is refused")]
    [TestCase("""{"nodes":[{"id":"r"},{"id":"s"}]}""", "/nodes", TestName = "Two roots are refused")]
    [TestCase("""{"nodes":[{"id":"r"},{"id":"a","parent":"x","weight":1}]}""", "/nodes/1/parent", TestName = "A parent that is not there is refused")]
    [TestCase("""{"tree":{"id":"r","children":[{"id":"a","score":1}]}}""", "/tree/children/0/weight", TestName = "A child without a weight is refused")]
    public void What_is_no_tree_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("indicator-tree", input).Pointer, Is.EqualTo(pointer));
}
