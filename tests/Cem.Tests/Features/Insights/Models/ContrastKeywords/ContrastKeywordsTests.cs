namespace Cem.Tests.Features.Insights.Models.ContrastKeywords;

public sealed class ContrastKeywordsTests
{
    [Test]
    public void Rare_words_do_not_tell_whatever_their_z()
    {
        var answer = Ask.Model("contrast-keywords", """{"groupCounts":{"slow":40,"odd":3},"otherCounts":{"slow":5,"fine":100}}""");
        Assert.That(answer["telling"]!.AsArray().Select(word => (string?)word), Is.EqualTo(new[] { "slow", "fine" }));
    }

    [Test]
    public void A_word_called_like_a_field_of_every_answer_is_found_under_words()
    {
        var answer = Ask.Model("contrast-keywords", """{"groupCounts":{"method":10},"otherCounts":{"other":10},"priorScale":0.1}""");
        Assert.That((string?)answer["method"], Does.StartWith("log-odds"));
        Assert.That(answer["words"]!["method"]!["z"]!.GetValue<double>(), Is.GreaterThan(0));
    }

    [Test]
    public void No_words_give_no_contrast() =>
        Assert.That(Ask.Model("contrast-keywords", """{"groupCounts":{},"otherCounts":{}}""")["words"]!.AsObject(), Is.Empty);

    [Test]
    public void A_count_below_0_is_refused_with_its_place() =>
        Assert.That(Ask.Refusal("contrast-keywords", """{"groupCounts":{"慢":-1},"otherCounts":{}}""").Pointer, Is.EqualTo("/groupCounts/慢"));
}
