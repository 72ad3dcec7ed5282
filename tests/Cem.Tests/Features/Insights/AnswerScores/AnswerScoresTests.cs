using Cem.Contracts.Insights;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.AnswerScores;

public sealed class AnswerScoresTests
{
    [Test]
    public async Task Each_measure_has_the_histogram_of_its_own_scale()
    {
        await using var host = await CemHost.Run();
        await host.Add(
        [
            new(10), new(0), new(null),
            new(5) { Measure = "csat" }, new(1) { Measure = "csat" }, new(7) { Measure = "ces" },
        ]);
        await host.Settle();

        var tables = await host.Send(new AskScores([new("nps", 0), new("csat", 0), new("ces", 0)]));

        var nps = tables[0].Cells.Single();
        Assert.That(nps.Histogram, Is.EqualTo(new[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }));
        Assert.That(nps.Excluded, Is.EqualTo(1));
        Assert.That(tables[1].Cells.Single().Histogram, Is.EqualTo(new[] { 0, 1, 0, 0, 0, 1 }));
        Assert.That(tables[2].Cells.Single().Histogram, Is.EqualTo(new[] { 0, 0, 0, 0, 0, 0, 0, 1 }));
    }

    [Test]
    public async Task Accounts_are_listed_only_when_asked_for()
    {
        await using var host = await CemHost.Run();
        await host.Add([new(10) { Account = 7 }, new(9) { Account = 7 }, new(3) { Account = 8 }]);
        await host.Settle();

        var tables = await host.Send(new AskScores([new("nps", 0, PerAccount: true), new("nps", 0)]));

        Assert.That(tables[0].Cells.Single().Accounts.Select(account => (account.AccountId, account.Histogram.Sum())), Is.EquivalentTo(new[] { (7L, 2), (8L, 1) }));
        Assert.That(tables[1].Cells.Single().Accounts, Is.Empty);
    }

    [Test]
    public async Task Weeks_begin_on_monday_and_what_an_interested_party_recorded_is_left_out_unless_asked_for()
    {
        await using var host = await CemHost.Run();
        await host.Add([new(10) { Day = new(2026, 3, 1) }, new(9) { Day = new(2026, 3, 2) }, new(9) { Day = new(2026, 3, 8), Interested = true }]);
        await host.Settle();

        var tables = await host.Send(new AskScores([new("nps", 0, Period: "week"), new("nps", 0, Period: "week") { WithoutInterested = false }]));

        Assert.That(tables[0].Cells.Select(cell => (cell.Period, cell.Histogram.Sum())), Is.EqualTo(new[] { (new DateOnly(2026, 2, 23), 1), (new(2026, 3, 2), 1) }));
        Assert.That(tables[1].Cells.Select(cell => (cell.Period, cell.Histogram.Sum())), Is.EqualTo(new[] { (new DateOnly(2026, 2, 23), 1), (new(2026, 3, 2), 2) }));
    }
}
