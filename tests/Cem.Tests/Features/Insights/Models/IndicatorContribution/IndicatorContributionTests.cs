namespace Cem.Tests.Features.Insights.Models.IndicatorContribution;

public sealed class IndicatorContributionTests
{
    const string Tree = """{"id":"r","children":[{"id":"a","weight":1,"score":80},{"id":"b","weight":1,"score":60},{"id":"c","weight":2}]}""";

    [Test]
    public void Contributions_add_up_to_the_change_also_where_a_leaf_was_never_measured()
    {
        var answer = Ask.Model("indicator-contribution", $$$"""{"tree":{{{Tree}}},"newScores":{"a":70,"b":64},"minCoverage":0.5}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer["contribution"]!["a"]!.GetValue<double>(), Is.EqualTo(-5));
            Assert.That(answer["contribution"]!["b"]!.GetValue<double>(), Is.EqualTo(2));
            Assert.That(answer.Figure("rootAfter") - answer.Figure("rootBefore"), Is.EqualTo(-3).Within(1e-12));
        });
    }

    [Test]
    public void A_leaf_that_appears_or_vanishes_is_left_out_of_both_periods()
    {
        var answer = Ask.Model("indicator-contribution", $$$"""{"tree":{{{Tree}}},"newScores":{"a":70,"c":20},"minCoverage":0.5}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Figure("rootBefore"), Is.EqualTo(70));
            Assert.That(answer.Figure("rootAfter"), Is.EqualTo(65));
            Assert.That(answer["contribution"]!["c"], Is.Null);
            Assert.That(answer["warnings"]!.AsArray(), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void A_leaf_that_the_tree_does_not_have_is_refused() =>
        Assert.That(Ask.Refusal("indicator-contribution", $$$"""{"tree":{{{Tree}}},"newScores":{"x":70}}""").Pointer, Is.EqualTo("/newScores/x"));
}
