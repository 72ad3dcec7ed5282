using Cem.Server.Features.Insights.Models.Csat;

namespace Cem.Tests.Features.Insights.Models.Csat;

public sealed class CsatTests
{
    [TestCase(3, 1)]
    [TestCase(5, 2)]
    [TestCase(7, 2)]
    [TestCase(10, 3)]
    public void The_satisfied_options_follow_the_scale(int scaleMax, int topBox) =>
        Assert.That(CsatMath.DefaultTopBox(scaleMax), Is.EqualTo(topBox));

    [Test]
    public void The_worked_example_comes_out()
    {
        var score = CsatMath.Score([5, 4, 4, 3, 5, 2, 5, 4, 1, 5], 5, 2, 0.95);
        Assert.Multiple(() =>
        {
            Assert.That(score.Top, Is.EqualTo(70));
            Assert.That(score.TopInterval!.Value.Lower, Is.EqualTo(39.7).Within(0.05));
            Assert.That(score.TopInterval!.Value.Upper, Is.EqualTo(89.2).Within(0.05));
            Assert.That(score.MeanInterval!.Value.Lower, Is.EqualTo(2.80).Within(0.005));
            Assert.That(score.Index, Is.EqualTo(70));
        });
    }

    [Test]
    public void Equal_answers_warn_that_the_mean_has_no_width() =>
        Assert.That(Ask.Model("csat", """{"values":[5,5,5],"scaleMax":5,"language":"zh-CN"}""")["warnings"]!.AsArray().Select(w => (string?)w), Has.Some.Contains("威尔逊"));

    [TestCase("""{"values":[5],"scaleMax":5,"topBox":5}""", "/topBox")]
    [TestCase("""{"values":[5],"scaleMax":1}""", "/scaleMax")]
    [TestCase("""{"values":[true],"scaleMax":5}""", "/values/0")]
    public void What_is_no_scale_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("csat", input).Pointer, Is.EqualTo(pointer));
}
