using Cem.Contracts.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.EraseContact;

public sealed class EraseContactTests
{
    [Test]
    public async Task Whoever_was_erased_is_not_asked_and_no_longer_named()
    {
        await using var host = await CemHost.Run();
        var programme = await DecideOnEvent.DecideOnEventTests.Arrange(host);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();

        await host.Store.Write(tx => tx.Tell(new ContactErased(tx.Single<long>("SELECT id FROM customers_v_contacts"))));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["suppressed erased"]));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(contact_id) FROM invitations_v_invitations")), Is.Zero);
    }
}
