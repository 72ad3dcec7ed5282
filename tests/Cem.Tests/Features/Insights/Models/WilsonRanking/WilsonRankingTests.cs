using System.Text.Json.Nodes;

namespace Cem.Tests.Features.Insights.Models.WilsonRanking;

public sealed class WilsonRankingTests
{
    [Test]
    public void Three_of_three_do_not_outrank_46_of_50()
    {
        var answer = Ask.Model("wilson-ranking", """{"branches":[{"id":"small","x":3,"n":3},{"id":"large","x":46,"n":50}],"minBase":0}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer["order"]!.AsArray().Select(id => (string?)id), Is.EqualTo(new[] { "large", "small" }));
            Assert.That(answer["naiveOrderByShare"]!.AsArray().Select(id => (string?)id), Is.EqualTo(new[] { "small", "large" }));
        });
    }

    [Test]
    public void Equal_scores_share_a_rank_and_the_next_one_is_skipped()
    {
        var answer = Ask.Model("wilson-ranking", """{"branches":[{"id":"d","x":1,"n":10},{"id":"c","x":8,"n":10},{"id":"b","x":8,"n":10},{"id":"a","x":9,"n":10}]}""");
        Assert.Multiple(() =>
        {
            Assert.That(Ranks(answer), Is.EqualTo(new[] { 4, 2, 2, 1 }));
            Assert.That(answer["order"]!.AsArray().Select(id => (string?)id), Is.EqualTo(new[] { "a", "b", "c", "d" }));
        });
    }

    [Test]
    public void Neighbours_that_do_not_differ_significantly_share_a_tier()
    {
        var answer = Ask.Model("wilson-ranking", """{"branches":[{"id":"a","x":95,"n":100},{"id":"b","x":93,"n":100},{"id":"c","x":40,"n":100}]}""");
        Assert.That(answer["branches"]!.AsArray().Select(unit => (int)unit!["tier"]!.GetValue<double>()), Is.EqualTo(new[] { 1, 1, 2 }));
    }

    [Test]
    public void The_shrunk_share_lies_between_the_own_share_and_the_mean()
    {
        var answer = Ask.Model("wilson-ranking", """{"branches":[{"id":"a","x":3,"n":3},{"id":"b","x":60,"n":100},{"id":"c","x":20,"n":100},{"id":"d","x":80,"n":100}]}""");
        var shrunk = answer["branches"]!.AsArray()[0]!["shrunkShare"]!.GetValue<double>();
        Assert.That(shrunk, Is.InRange(0.55, 0.95));
    }

    [TestCase("""{"branches":[{"id":"a","x":4,"n":3}]}""", "/branches/0/x")]
    [TestCase("""{"branches":[{"id":"a","x":1,"n":3},{"id":"a","x":1,"n":3}]}""", "/branches")]
    [TestCase("""{"branches":[{"id":"a","x":1,"n":3,"name":"x"}]}""", "/branches/0/name")]
    public void What_cannot_be_ranked_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("wilson-ranking", input).Pointer, Is.EqualTo(pointer));

    static IEnumerable<int> Ranks(JsonObject answer) => answer["branches"]!.AsArray().Select(unit => (int)unit!["rank"]!.GetValue<double>());
}
