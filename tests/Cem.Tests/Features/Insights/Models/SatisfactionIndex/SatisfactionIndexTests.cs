namespace Cem.Tests.Features.Insights.Models.SatisfactionIndex;

public sealed class SatisfactionIndexTests
{
    [Test]
    public void An_item_without_a_mean_is_left_out_with_its_weight()
    {
        var answer = Ask.Model("satisfaction-index", """{"itemMeans":[10,null,1],"weights":[1,5,1],"scaleMin":1,"scaleMax":10}""");
        Assert.That((answer.Figure("index"), answer.Figure("excluded")), Is.EqualTo((50, 1)));
    }

    [TestCase("""{"itemMeans":[11],"weights":[1],"scaleMin":1,"scaleMax":10}""", "/itemMeans/0")]
    [TestCase("""{"itemMeans":[5],"weights":[0],"scaleMin":1,"scaleMax":10}""", "/weights")]
    [TestCase("""{"itemMeans":[5],"weights":[1,2],"scaleMin":1,"scaleMax":10}""", "/weights")]
    [TestCase("""{"itemMeans":[5],"weights":[1],"scaleMin":10,"scaleMax":10}""", "/scaleMax")]
    public void What_gives_no_index_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("satisfaction-index", input).Pointer, Is.EqualTo(pointer));
}
