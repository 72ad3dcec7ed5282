using System.Net;
using Cem.Contracts.Customers;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.EraseContact;

public sealed class EraseContactTests
{
    [Test]
    public async Task Nothing_of_the_person_stays_in_the_database_file()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");
        await (await api.PutAsync("/api/v1/contacts/c-1", World.Raw("""
            {"account": "acct-1", "name": "Zyxwv Utsrq", "email": "old-zyxwv@example.com", "phone": "+86 zyxwv", "role": "user", "level": "zyxwv", "department": "zyxwv",
             "consent": {"contact": true, "source": "zyxwv"}, "attributes": {"nick": "zyxwv"}}
            """))).Json();
        await api.PutContact("c-1", "acct-1", "new-zyxwv@example.com", "Zyxwv Utsrq");
        await host.Store.Write(tx =>
        {
            tx.Send(new Mail("test", "m-1", "OLD-zyxwv@example.com", "Zyxwv", "To zyxwv", "<p>zyxwv", "zyxwv"));
            tx.Send(new Mail("test", "m-2", "new-zyxwv@example.com", "Zyxwv", "To zyxwv", "<p>zyxwv", "zyxwv"));
            tx.Send(new Mail("test", "m-3", "somebody@example.com", "Else", "To another", "<p>", "-"));
        });

        var answer = await api.DeleteAsync("/api/v1/contacts/c-1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(host.Told<ContactErased>(), Is.EqualTo(1));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT name || COALESCE(email, '') || COALESCE(phone, '') || attributes FROM customers_contacts")), Is.EqualTo(new[] { "{}" }));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT address FROM customers_contact_addresses")), Is.Empty);
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT to_address || subject || html || text FROM kernel_mails ORDER BY message_id")), Is.EqualTo(new[] { "", "", "somebody@example.comTo another<p>-" }));
    }

    [Test]
    public async Task The_erased_are_gone_and_the_same_id_put_again_is_somebody_new()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");
        await api.PutContact("c-1", "acct-1");

        await api.DeleteAsync("/api/v1/contacts/c-1");

        await (await api.GetAsync("/api/v1/contacts/c-1")).IsProblem(404, "contact-not-found");
        await (await api.DeleteAsync("/api/v1/contacts/c-1")).IsProblem(404, "contact-not-found");
        Assert.That((await api.Got("/api/v1/contacts")).Ids(), Is.Empty);
        Assert.That((await api.PutContact("c-1", "acct-1")).GetProperty("created").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Contacts_outside_the_keys_org_unit_cannot_be_erased()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("western", "west");
        await api.PutContact("w-1", "western");
        var bound = await host.WithBoundKey("east", Scopes.CustomersWrite);

        await (await bound.DeleteAsync("/api/v1/contacts/w-1")).IsProblem(404, "contact-not-found");

        Assert.That((await api.GetAsync("/api/v1/contacts/w-1")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
