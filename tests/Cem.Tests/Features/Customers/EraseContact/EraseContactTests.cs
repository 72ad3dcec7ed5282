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

    [TestCase("en", "Erase Luo Yang?", "Erase for good")]
    [TestCase("zh-CN", "清除 Luo Yang？", "永久清除")]
    public async Task Staff_erase_from_the_account_page_after_being_asked(string language, string question, string button)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1", "east");
        await api.PutContact("c 1 ü", "acct-1", "luo@example.com");
        using var browser = await host.SignedIn(Roles.CxManager, "east", language);
        await browser.Open("/accounts/acct-1");

        await browser.Open(browser.Page.QuerySelector("#people a[href$='/erase']")!.GetAttribute("href")!);
        Assert.That(browser.Page.QuerySelector("h1")!.TextContent, Is.EqualTo(question));
        Assert.That(browser.Page.QuerySelector("#erase button")!.TextContent, Is.EqualTo(button));
        Assert.That((await api.GetAsync("/api/v1/contacts/c%201%20%C3%BC")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "asking erases nobody");
        await browser.Submit("#erase");
        await host.Settle();

        Assert.That(browser.Address, Is.EqualTo("/accounts/acct-1?done=erased"));
        Assert.That(browser.Page.Body!.TextContent, Does.Not.Contain("Luo Yang"));
        Assert.That(host.Store.Read(reader => reader.Query<(string, long)>("SELECT action, actor_id FROM access_audit WHERE action = 'contact.erased'")), Is.EqualTo(new[] { ("contact.erased", browser.UserId) }));
    }

    [TestCase(Roles.Viewer)]
    [TestCase(Roles.Agent)]
    [TestCase(Roles.Manager)]
    public async Task Others_are_not_offered_it(Roles role)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");
        await api.PutContact("c-1", "acct-1");
        using var browser = await host.SignedIn(role);

        Assert.That((await browser.Open("/accounts/acct-1")).QuerySelector("#people a[href$='/erase']"), Is.Null);
        Assert.That((await browser.Post("/contacts/c-1/erase")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Outside_ones_org_unit_there_is_nobody_to_erase()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("western", "west");
        await api.PutContact("w-1", "western");
        using var browser = await host.SignedIn(Roles.CxManager, "east");

        Assert.That((await browser.Client.GetAsync("/contacts/w-1/erase")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await browser.Post("/contacts/w-1/erase")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await api.GetAsync("/api/v1/contacts/w-1")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
