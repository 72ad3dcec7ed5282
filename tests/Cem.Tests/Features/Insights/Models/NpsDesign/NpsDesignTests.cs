using Cem.Server.Features.Insights.Models.NpsDesign;

namespace Cem.Tests.Features.Insights.Models.NpsDesign;

public sealed class NpsDesignTests
{
    [Test]
    public void Many_answers_of_one_mind_in_one_account_count_for_less()
    {
        List<NpsRow> rows = [];
        for (var account = 0; account < 10; account++)
            for (var person = 0; person < 8; person++)
                rows.Add(new(account % 2 == 0 ? 100 : -100, 1, $"A{account}"));
        var clustered = NpsDesignMath.Score(rows, null)!;
        var plain = NpsDesignMath.Score([.. rows.Select(row => row with { Account = null })], null)!;
        Assert.Multiple(() =>
        {
            Assert.That(clustered.Nps, Is.EqualTo(plain.Nps));
            Assert.That(clustered.Se, Is.GreaterThan(2.8 * plain.Se!.Value));
            Assert.That(clustered.EffectiveN, Is.EqualTo(10).Within(1.5));
            Assert.That(clustered.Accounts, Is.EqualTo(10));
        });
    }

    [Test]
    public void One_account_gives_a_score_but_no_error()
    {
        var answer = Ask.Model("nps-design", """{"scores":[10,9,3],"clusters":["A","A","A"]}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Figure("nps"), Is.EqualTo(100.0 / 3).Within(1e-9));
            Assert.That(answer["se"], Is.Null);
            Assert.That(answer["lowerNormal"], Is.Null);
        });
    }

    [Test]
    public void A_census_has_no_sampling_error() =>
        Assert.That(Ask.Model("nps-design", """{"scores":[10,9,3],"populationSize":3}""").Figure("se"), Is.Zero);

    [Test]
    public void The_account_view_gives_every_account_one_vote()
    {
        var answer = Ask.Model("nps-design", """{"scores":[10,10,10,2],"clusters":["A","A","A","B"]}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Figure("nps"), Is.EqualTo(50));
            Assert.That(answer["accountLevel"]!["nps"]!.GetValue<double>(), Is.Zero);
        });
    }

    [Test]
    public void No_answers_give_no_score()
    {
        var answer = Ask.Model("nps-design", """{"scores":[null,11]}""");
        Assert.That((answer["nps"], answer.Figure("n"), answer.Figure("excluded")), Is.EqualTo(((object?)null, 0, 2)));
    }

    [TestCase("""{"scores":[10],"weights":[-1]}""", "/weights/0")]
    [TestCase("""{"scores":[10],"weights":[0]}""", "/weights")]
    [TestCase("""{"scores":[10],"weights":[1,2]}""", "/weights")]
    [TestCase("""{"scores":[10,9],"populationSize":1}""", "/populationSize")]
    [TestCase("""{"data":"a,b\n1,2","scoreColumn":"c"}""", "/scoreColumn")]
    [TestCase("""{"data":"a,a\n1,2","scoreColumn":"a"}""", "/data")]
    [TestCase("""{"data":"a,b\n1","scoreColumn":"a"}""", "/data")]
    [TestCase("""{"file":"x.csv","scoreColumn":"a"}""", "/data")]
    [TestCase("""{"data":"a,b\n1,2","scoreColumn":"a","filter":{"c":"x"}}""", "/filter/c")]
    public void What_is_no_design_is_refused_with_its_place(string input, string pointer) =>
        Assert.That(Ask.Refusal("nps-design", input).Pointer, Is.EqualTo(pointer));
}
