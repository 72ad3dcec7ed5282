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
    public async Task Periods_are_held_against_the_one_before_the_twelve_before_or_the_year_before()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        // Two questions, so that what is counted together is also held against what is counted together.
        IEnumerable<ScoredAnswer> Week(int good, int n, DateOnly day) => new[] { "sat", "speed" }.SelectMany(question =>
            Enumerable.Range(0, n).Select(i => new ScoredAnswer(i < good ? 5 : 1) { Measure = "csat", Question = question, Day = day }));
        await host.Add([.. Week(9, 10, new(2026, 3, 10)), .. Week(3, 10, new(2026, 2, 25)), .. Week(6, 10, new(2025, 12, 30)), .. Week(10, 10, new(2025, 3, 10))]);
        await host.Settle();

        async Task<System.Text.Json.JsonElement> Held(string against, string keys = "") =>
            (await (await api.GetAsync($"/api/v1/insights/csat{Days}&period=week&compare={against}{keys}")).Json()).GetProperty("rows")[0];
        var (previous, trailing, lastYear, one) = (await Held("previous"), await Held("trailing"), await Held("lastYear"), await Held("trailing", "&by=question"));

        Assert.That(previous.Number("share"), Is.EqualTo(90).Within(1e-9));
        Assert.That(previous.GetProperty("comparison").Number("share"), Is.EqualTo(30).Within(1e-9), "an empty week in between is skipped");
        Assert.That(previous.GetProperty("comparison").GetProperty("significant").GetBoolean(), Is.True);
        Assert.That(previous.GetProperty("comparison").Number("meanChange"), Is.EqualTo(2.4).Within(1e-9));
        Assert.That(trailing.GetProperty("comparison").Number("share"), Is.EqualTo(45).Within(1e-9));
        Assert.That(trailing.GetProperty("comparison").GetProperty("n").GetInt32(), Is.EqualTo(40));
        Assert.That(lastYear.GetProperty("comparison").Number("share"), Is.EqualTo(100).Within(1e-9));
        Assert.That(one.GetProperty("comparison").GetProperty("n").GetInt32(), Is.EqualTo(20));
    }

    [Test]
    public async Task The_mean_has_students_interval()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);
        await host.Add(new[] { 5, 4, 4, 3, 5, 2, 5, 4, 1, 5 }.Select(score => new ScoredAnswer(score) { Measure = "csat", Question = "sat" }));
        await host.Settle();

        var total = (await (await api.GetAsync("/api/v1/insights/csat" + Days)).Json()).GetProperty("total");

        Assert.That(total.Number("meanLower"), Is.EqualTo(2.80).Within(.005));
        Assert.That(total.Number("meanUpper"), Is.EqualTo(4.80).Within(.005));
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
