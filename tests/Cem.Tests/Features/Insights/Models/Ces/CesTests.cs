namespace Cem.Tests.Features.Insights.Models.Ces;

public sealed class CesTests
{
    [Test]
    public void The_older_scale_of_effort_runs_the_other_way()
    {
        var answer = Ask.Model("ces", """{"values":[1,1,2,3,5],"scaleMax":5,"direction":"effort"}""");
        Assert.That((answer.Figure("easyShare"), answer.Figure("difficultShare"), answer.Figure("netEasy")), Is.EqualTo((60, 20, 40)));
    }

    [Test]
    public void Answers_off_the_scale_are_excluded() =>
        Assert.That(Ask.Model("ces", """{"values":[0,8,null,4.5,7]}""").Figure("excluded"), Is.EqualTo(4));
}
