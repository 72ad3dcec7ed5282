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
}
