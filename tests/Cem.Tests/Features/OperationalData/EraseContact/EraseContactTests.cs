using Cem.Tests.Resilience;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.EraseContact;

public sealed class EraseContactTests
{
    [Test]
    public async Task The_event_stays_the_accounts_and_says_nothing_of_the_person()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, "Ann Li");

        await company.Api.DeleteAsync("/api/v1/contacts/ann");
        await host.Settle();

        Assert.That(host.Store.Read(reader => reader.Query<(string, long?, string, bool)>("SELECT event_id, contact_id, attributes, account_id IS NOT NULL FROM operational_data_events")),
            Is.EqualTo(new[] { ("e1", (long?)null, "{}", true) }));
    }

    [Test]
    public async Task A_row_of_a_file_stays_the_accounts_with_its_numbers_and_says_nothing_of_the_person()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import("tickets", "ticket,account,contact,touchpoint,category,closed,minutes\nt1,acme,ann,,Ann was cross,2026-03-10T00:00:00Z,7\n");

        await desk.Api.DeleteAsync("/api/v1/contacts/ann");
        await host.Settle();

        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260310 first-reply 7" }));
        Assert.That(host.Store.Read(reader => reader.Query<(long?, string)>("SELECT contact_id, attributes FROM operational_data_rows")), Is.EqualTo(new[] { ((long?)null, "{}") }));
    }
}
