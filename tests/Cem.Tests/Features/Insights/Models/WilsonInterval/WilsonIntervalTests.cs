namespace Cem.Tests.Features.Insights.Models.WilsonInterval;

public sealed class WilsonIntervalTests
{
    [Test]
    public void Equal_weights_change_nothing() => Assert.That(
        Ask.Model("wilson-interval", """{"values":[1,1,0,1],"weights":[2,2,2,2]}""").Figure("wilsonLower"),
        Is.EqualTo(Ask.Model("wilson-interval", """{"x":3,"n":4}""").Figure("wilsonLower")).Within(1e-12));

    [Test]
    public void Unequal_weights_widen_the_interval()
    {
        var weighted = Ask.Model("wilson-interval", """{"values":[1,0,1,0],"weights":[5,5,1,1]}""");
        Assert.That(weighted.Figure("pHat"), Is.EqualTo(0.5));
        Assert.That(weighted.Figure("wilsonLower"), Is.LessThan(Ask.Model("wilson-interval", """{"x":2,"n":4}""").Figure("wilsonLower")!));
    }

    [Test]
    public void A_census_is_a_point()
    {
        var answer = Ask.Model("wilson-interval", """{"x":3,"n":4,"populationSize":4}""");
        Assert.That((answer.Figure("wilsonLower"), answer.Figure("wilsonUpper")), Is.EqualTo((0.75, 0.75)));
    }

    [TestCase("""{"x":5,"n":4}""", "/x")]
    [TestCase("""{"x":-1,"n":4}""", "/x")]
    [TestCase("""{"x":0,"n":-4}""", "/n")]
    [TestCase("""{"x":1,"n":4,"populationSize":3}""", "/populationSize")]
    [TestCase("""{"x":1}""", "/n")]
    [TestCase("""{"x":1,"n":2,"confidence":1.5}""", "/confidence")]
    public void What_is_no_share_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("wilson-interval", input).Pointer, Is.EqualTo(pointer));
}
