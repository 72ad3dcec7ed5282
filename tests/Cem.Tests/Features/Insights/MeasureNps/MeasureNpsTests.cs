using Cem.Contracts.Insights;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.MeasureNps;

public sealed class MeasureNpsTests
{
    [Test]
    public async Task Answers_of_separate_people_get_the_adjusted_wald_interval()
    {
        await using var host = await CemHost.Run();
        await host.Add(ScoredAnswers.Of(5, 3, 2).Select((answer, index) => answer with { Account = index + 1 }));
        await host.Settle();

        var figure = await Measure(host);

        Assert.That(figure.Method, Is.EqualTo("adjusted-wald"));
        Assert.That(figure.Lower, Is.EqualTo(-19.1).Within(.05));
        Assert.That(figure.AccountNps, Is.EqualTo(30).Within(1e-9), "one answer an account: both views are the same");
    }

    [Test]
    public async Task Several_people_of_an_account_who_agree_count_for_less_than_as_many_strangers()
    {
        await using var host = await CemHost.Run();
        // Twelve accounts of five people each, who all say the same: the sample is twelve, not sixty.
        await host.Add(Enumerable.Range(0, 60).Select(person => new ScoredAnswer(person / 5 % 2 == 0 ? 10 : 3) { Account = person / 5 + 1 }));
        await host.Settle();

        var figure = await Measure(host);

        Assert.That(figure.Method, Is.EqualTo("clustered"));
        Assert.That(figure.Nps, Is.Zero.Within(1e-9));
        // Linearised: sqrt(12/11 * 12 * 500^2) / 60 points.
        Assert.That(figure.StandardError, Is.EqualTo(Math.Sqrt(12 / 11.0 * 12) * 500 / 60).Within(1e-9));
        // Five people each and perfect agreement: the variance is (m/(m-1)) / (n/(n-1)) times five that of strangers.
        Assert.That(figure.DesignEffect, Is.EqualTo(5 * (12 / 11.0) / (60 / 59.0)).Within(1e-9));
        Assert.That(figure.Accounts, Is.EqualTo(12));
    }

    [Test]
    public async Task A_large_account_does_not_outvote_the_others_in_the_account_view()
    {
        await using var host = await CemHost.Run();
        await host.Add([.. ScoredAnswers.Of(0, 0, 18, answer => answer with { Account = 1 }), new(10) { Account = 2 }, new(10) { Account = 3 }]);
        await host.Settle();

        var figure = await Measure(host);

        Assert.That(figure.Nps, Is.EqualTo(-80).Within(1e-9));
        Assert.That(figure.AccountNps, Is.EqualTo(100 / 3.0).Within(1e-9));
    }

    [Test]
    public async Task Below_five_answers_it_is_too_few_and_never_a_significant_change()
    {
        await using var host = await CemHost.Run();
        await host.Add([.. ScoredAnswers.Of(4, 0, 0), .. ScoredAnswers.Of(0, 0, 200, answer => answer with { Day = new(2026, 2, 10) })]);
        await host.Settle();

        var figure = (await host.Send(new AskNps([new(new("nps", 0, new(2026, 3, 1)), new(2026, 2, 1), new(2026, 2, 28))])))[0].Single();

        Assert.That(figure.TooFew, Is.True);
        Assert.That(figure.Change, Is.EqualTo(200).Within(1e-9));
        Assert.That(figure.Significant, Is.False);
    }

    static async Task<NpsFigure> Measure(CemHost host) => (await host.Send(new AskNps([new(new("nps", 0))])))[0].Single();
}
