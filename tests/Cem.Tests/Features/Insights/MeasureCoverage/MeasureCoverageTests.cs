using Cem.Contracts.Insights;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.MeasureCoverage;

public sealed class MeasureCoverageTests
{
    static readonly (DateOnly From, DateOnly To) Quarter = (new(2026, 1, 1), new(2026, 3, 31));

    [Test]
    public async Task Accounts_contacts_decision_makers_and_revenue_heard_are_counted_for_each_scope()
    {
        await using var host = await CemHost.Run();
        await SmallCompany.Plant(host);
        var east = host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_org_units WHERE code = 'east'"));

        var figures = await host.Send(new AskCoverage([0, east], Quarter.From, Quarter.To));

        Assert.That(figures[0], Is.EqualTo(new CoverageFigure(3, 2, 4, 2, 2, 1, 0.9)));
        Assert.That(figures[1], Is.EqualTo(new CoverageFigure(2, 1, 3, 1, 2, 1, 0.75)));
    }

    [Test]
    public async Task Who_answered_outside_the_days_was_not_heard_in_them()
    {
        await using var host = await CemHost.Run();
        await SmallCompany.Plant(host);

        var figures = await host.Send(new AskCoverage([0], new(2025, 6, 1), new(2025, 6, 30)));

        Assert.That(figures[0], Is.EqualTo(new CoverageFigure(4, 0, 4, 0, 2, 0, 0)), "the contract that is over was running then");
    }

    [Test]
    public async Task Without_customers_there_is_no_share_of_revenue()
    {
        await using var host = await CemHost.Run();

        Assert.That((await host.Send(new AskCoverage([0], Quarter.From, Quarter.To)))[0], Is.EqualTo(new CoverageFigure(0, 0, 0, 0, 0, 0, null)));
    }
}
