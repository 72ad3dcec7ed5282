
namespace Cem.Tests.Features.Indicators.WatchThresholds;

public sealed class WatchThresholdsTests
{
    static readonly DateOnly LastWeek = new(2026, 3, 5);

    [Test]
    public async Task An_indicator_of_a_branch_that_surely_lies_past_its_threshold_is_told_once_a_week()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "threshold", "70"));
        await shelf.Answers("a", 30, 70, LastWeek, "shanghai");
        await shelf.Host.Advance(TimeSpan.FromDays(5));

        await shelf.Host.Settle();

        Assert.That(Told(shelf), Is.EqualTo(new[] { "a" }));
        Assert.That(Weeks(shelf), Is.EqualTo(new[] { "2026-W11 1" }));
        await shelf.Host.Advance(TimeSpan.FromDays(7));
        Assert.That(Weeks(shelf), Is.EqualTo(new[] { "2026-W11 1", "2026-W12 1" }));
    }

    [TestCase(65, 35, TestName = "What lies below it by chance perhaps is not told")]
    [TestCase(0, 4, TestName = "Too few answers are not told")]
    [TestCase(90, 10, TestName = "What is above is not told")]
    public async Task Nothing_is_told(int good, int bad)
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "threshold", "70"));
        await shelf.Answers("a", good, bad, LastWeek, "shanghai");
        await shelf.Host.Advance(TimeSpan.FromDays(5));

        await shelf.Host.Settle();

        Assert.That(Told(shelf), Is.Empty);
        Assert.That(Weeks(shelf), Is.EqualTo(new[] { "2026-W11 0" }));
    }

    [Test]
    public async Task Of_a_cause_the_most_concrete_indicator_is_told()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "threshold", "70"));
        await shelf.Answers("a", 20, 180, LastWeek, "shanghai");
        await shelf.Answers("b", 20, 180, LastWeek, "shanghai");
        await shelf.Host.Advance(TimeSpan.FromDays(5));

        await shelf.Host.Settle();

        Assert.That(Told(shelf), Is.EqualTo(new[] { "a" }), "help (threshold 60) lies below its own too, and stands above it");
    }

    static IReadOnlyList<string> Told(Shelf shelf) => shelf.Host.Store.Read(reader => reader.Query<string>("SELECT rule_code FROM work_orders_orders ORDER BY id")).Select(code => code["indicator:".Length..]).ToList();

    static IReadOnlyList<string> Weeks(Shelf shelf) => shelf.Host.Store.Read(reader => reader.Query<string>("SELECT week || ' ' || found FROM indicators_watched WHERE week >= '2026-W11' ORDER BY week"));
}
