using Cem.Tests.Resilience;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.EraseContact;

public sealed class EraseContactTests
{
    [Test]
    public async Task The_work_order_stays_and_no_longer_says_whose_answer_raised_it()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, "Ann Li");
        Assert.That(Named(host), Is.EqualTo(1));

        await company.Api.DeleteAsync("/api/v1/contacts/ann");
        await host.Settle();

        Assert.That(Named(host), Is.Zero);
        Assert.That((await company.Api.GetAsync("/api/v1/work-orders/" + company.WorkOrder)).IsSuccessStatusCode);
    }

    static int Named(CemHost host) => host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM work_orders_alerts WHERE contact_id IS NOT NULL"));
}
