using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ReadSatisfaction;

public sealed class ReadSatisfactionTests
{
    const string Days = "?from=2026-03-09&to=2026-03-15";

    [Test]
    public async Task Satisfaction_is_the_share_of_the_top_two_of_five_with_wilsons_interval()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        await host.Add(new[] { 5, 4, 4, 3, 5, 2, 5, 4, 1, 5 }.Select(score => new ScoredAnswer(score) { Measure = "csat", Question = "sat" }));
        await host.Settle();

        var total = (await (await api.GetAsync("/api/v1/insights/csat" + Days)).Json()).GetProperty("total");

        Assert.That(total.Number("share"), Is.EqualTo(70).Within(1e-9));
        Assert.That(total.Number("lower"), Is.EqualTo(39.7).Within(.05));
        Assert.That(total.Number("upper"), Is.EqualTo(89.2).Within(.05));
        Assert.That(total.Number("mean"), Is.EqualTo(3.8).Within(1e-9));
        Assert.That(total.Number("index"), Is.EqualTo(70).Within(1e-9));
    }

    [Test]
    public async Task What_counts_as_satisfied_is_part_of_the_question()
    {
        await using var host = await CemHost.Run();
        var survey = new Surveys.SurveyHost(host, await host.WithKey(Scopes.Admin));
        await survey.Published("help");
        await host.Add(new[] { 3, 3, 2, 1 }.Select(score => new ScoredAnswer(score) { Measure = "csat", Question = "sat", Survey = "help" }));
        await host.Settle();

        var total = (await survey.Read("/api/v1/insights/csat" + Days)).GetProperty("total");

        Assert.That(total.Number("share"), Is.EqualTo(50).Within(1e-9), "of three options only the best is satisfied");
        Assert.That(total.Number("net"), Is.EqualTo(25).Within(1e-9));
    }

    [Test]
    public async Task Ease_is_the_share_of_five_to_seven()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        await host.Add(new[] { 7, 6, 5, 4, 3, 2, 1, 7, 7, 6 }.Select(score => new ScoredAnswer(score) { Measure = "ces", Question = "ease" }));
        await host.Settle();

        var total = (await (await api.GetAsync("/api/v1/insights/ces" + Days)).Json()).GetProperty("total");

        Assert.That(total.Number("share"), Is.EqualTo(60).Within(1e-9));
        Assert.That(total.Number("mean"), Is.EqualTo(4.8).Within(1e-9));
        Assert.That(total.Number("net"), Is.EqualTo(30).Within(1e-9));
    }

    [Test]
    public async Task A_change_of_a_share_has_newcombes_interval()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        await host.Add(
        [
            .. Enumerable.Range(0, 70).Select(i => new ScoredAnswer(i < 56 ? 5 : 1) { Measure = "csat", Question = "sat" }),
            .. Enumerable.Range(0, 80).Select(i => new ScoredAnswer(i < 48 ? 5 : 1) { Measure = "csat", Question = "sat", Day = new(2026, 3, 5) }),
        ]);
        await host.Settle();

        var comparison = (await (await api.GetAsync("/api/v1/insights/csat" + Days + "&compare=previous")).Json()).GetProperty("total").GetProperty("comparison");

        Assert.That(comparison.Number("change"), Is.EqualTo(20).Within(1e-9));
        Assert.That(comparison.Number("lower"), Is.EqualTo(5.24).Within(.01));
        Assert.That(comparison.Number("upper"), Is.EqualTo(33.39).Within(.01));
        Assert.That(comparison.GetProperty("significant").GetBoolean(), Is.True);
    }
}
