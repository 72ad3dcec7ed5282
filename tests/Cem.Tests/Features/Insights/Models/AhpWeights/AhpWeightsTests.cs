namespace Cem.Tests.Features.Insights.Models.AhpWeights;

public sealed class AhpWeightsTests
{
    [Test]
    public void Judgements_without_contradiction_give_their_ratios()
    {
        var answer = Ask.Model("ahp-weights", """{"matrix":[[1,2,4],[0.5,1,2],[0.25,0.5,1]]}""");
        Assert.That(answer["weights"]!.AsArray().Select(w => w!.GetValue<double>()), Is.EqualTo(new[] { 4 / 7.0, 2 / 7.0, 1 / 7.0 }).Within(1e-12));
        Assert.That(answer.Figure("cr"), Is.Zero.Within(1e-12));
    }

    [Test]
    public void Judgements_in_a_circle_are_flagged()
    {
        var answer = Ask.Model("ahp-weights", """{"matrix":[[1,5,0.2],[0.2,1,5],[5,0.2,1]]}""");
        Assert.That(answer["consistent"]!.GetValue<bool>(), Is.False);
        Assert.That(answer["warnings"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [TestCase("""{"matrix":[[1]]}""")]
    [TestCase("""{"matrix":[[1,9],[0.111,1]]}""")]
    public void One_or_two_criteria_cannot_contradict(string input) => Assert.That(Ask.Model("ahp-weights", input).Figure("cr"), Is.Zero);

    [TestCase("""{"matrix":[[1,2],[2,1]]}""", "/matrix/0/1")]
    [TestCase("""{"matrix":[[1,-2],[-0.5,1]]}""", "/matrix/0/1")]
    [TestCase("""{"matrix":[[1,2,3],[0.5,1,2]]}""", "/matrix")]
    [TestCase("""{"matrix":[[1,2],[0.5]]}""", "/matrix/1")]
    [TestCase("""{"matrix":[]}""", "/matrix")]
    public void What_is_no_matrix_of_judgements_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("ahp-weights", input).Pointer, Is.EqualTo(pointer));
}
