namespace Cem.Tests.Features.Insights.Models.Quadrant;

public sealed class QuadrantTests
{
    [Test]
    public void An_attribute_without_influence_is_listed_as_unplaced()
    {
        var answer = Ask.Model("quadrant", """{"performance":{"a":80,"b":60,"c":70},"importance":{"a":30,"b":10,"c":null}}""");
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["unplaced"]!.AsArray().Single(), Is.EqualTo("c"));
            Assert.That(answer["quadrant"]!["c"], Is.Null);
            Assert.That(answer["warnings"]!.AsArray(), Has.Count.EqualTo(2));
        });
    }

    [Test]
    public void What_to_improve_first_is_ordered_by_influence_times_gap()
    {
        var answer = Ask.Model("quadrant", """{"performance":{"a":40,"b":60,"c":90,"d":90},"importance":{"a":30,"b":50,"c":5,"d":5},"cuts":{"performance":70,"importance":20}}""");
        Assert.That(answer["order"]!.AsArray().Select(name => (string?)name), Is.EqualTo(new[] { "b", "a" }));
    }

    [Test]
    public void Lines_can_lie_at_the_medians()
    {
        var answer = Ask.Model("quadrant", """{"performance":{"a":10,"b":20,"c":90},"importance":{"a":1,"b":2,"c":30},"cuts":"median"}""");
        Assert.That((answer.Figure("performanceCut"), answer.Figure("importanceCut")), Is.EqualTo((20, 2)));
    }

    [Test]
    public void One_line_can_be_fixed_and_the_other_left_at_the_mean()
    {
        var answer = Ask.Model("quadrant", """{"performance":{"a":10,"b":20},"importance":{"a":1,"b":3},"performanceCut":75}""");
        Assert.That((answer.Figure("performanceCut"), answer.Figure("importanceCut")), Is.EqualTo((75, 2)));
    }

    [Test]
    public void No_points_give_no_lines() =>
        Assert.That(Ask.Model("quadrant", """{"performance":{},"importance":{}}""")["performanceCut"], Is.Null);

    [Test]
    public void Points_of_rows_come_with_intervals_and_borderline_ones_are_named()
    {
        var input = System.Text.Json.JsonSerializer.SerializeToNode(OracleCase.Of("quadrant").First().Input)!.AsObject();
        input["resamples"] = 50;
        var answer = Ask.Model("quadrant", input.ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That(answer["importanceInterval"]!["Inflight entertainment"]!.AsArray()[0]!.GetValue<double>(), Is.InRange(40, 55));
            Assert.That(answer["borderline"]!.AsArray().Select(name => (string?)name), Does.Contain("On-board service"));
        });
    }
}
