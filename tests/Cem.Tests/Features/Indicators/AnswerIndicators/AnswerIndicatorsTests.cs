using Cem.Contracts.Indicators;

namespace Cem.Tests.Features.Indicators.AnswerIndicators;

public sealed class AnswerIndicatorsTests
{
    static readonly DateOnly Today = new(2026, 3, 11);

    [Test]
    public async Task Other_areas_are_told_each_indicator_with_its_score_interval_n_and_change()
    {
        await using var shelf = await Shelf.Open(Shelf.With("help", "touchpoint", null));
        await shelf.Answers("a", 100, 100, new DateOnly(2025, 11, 20));
        await shelf.Answers("a", 190, 10);

        var figures = await shelf.Host.Send(new AskIndicators(0, Today.AddDays(-90), Today, Today.AddDays(-181), Today.AddDays(-91)));

        Assert.That(figures.Select(figure => figure.Code), Is.EqualTo(new[] { "root", "help", "a", "b", "fit", "c" }));
        var speed = figures.Single(figure => figure.Code == "a");
        Assert.That((speed.Score, speed.N, speed.TooFew, speed.Kind, speed.Parent, speed.Significant), Is.EqualTo((95.0, 200L, false, "x", "help", (bool?)true)));
        Assert.That(speed.Change, Is.EqualTo(45).Within(1e-9));
        Assert.That(speed.Lower, Is.InRange(88, 95));
        Assert.That(figures.Single(figure => figure.Code == "c").Score, Is.Null);
    }

    [Test]
    public async Task Without_a_library_there_are_none()
    {
        await using var shelf = await Shelf.Open();

        Assert.That(await shelf.Host.Send(new AskIndicators(0, Today, Today)), Is.Empty);
    }
}
