namespace Cem.Tests.Features.Insights.Models.RepurchaseLoss;

public sealed class RepurchaseLossTests
{
    [Test]
    public void The_ratio_is_to_everybody_and_not_to_the_rest()
    {
        var answer = Ask.Model("repurchase-loss", """{"badLost":63,"badN":100,"otherLost":147,"otherN":900}""");
        Assert.That((answer.Figure("ratio"), Math.Round(answer.Figure("relativeRiskVsRest")!.Value, 2)), Is.EqualTo((3.00, 3.86)));
    }

    [Test]
    public void A_ratio_of_0_has_no_log_interval()
    {
        var answer = Ask.Model("repurchase-loss", """{"badLost":0,"badN":10,"otherLost":5,"otherN":90}""");
        Assert.That((answer.Figure("ratio"), answer["lower"], answer["logSe"]), Is.EqualTo((0, (object?)null, (object?)null)));
    }

    [Test]
    public void Nobody_else_leaves_a_ratio_of_1() =>
        Assert.That(Ask.Model("repurchase-loss", """{"badLost":4,"badN":10,"otherLost":0,"otherN":0}""").Figure("ratio"), Is.EqualTo(1));

    [Test]
    public void More_lost_than_there_were_is_refused() =>
        Assert.That(Ask.Refusal("repurchase-loss", """{"badLost":11,"badN":10,"otherLost":5,"otherN":90}""").Pointer, Is.EqualTo("/badLost"));
}
