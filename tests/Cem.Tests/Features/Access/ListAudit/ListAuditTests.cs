using System.Net;
using Cem.Contracts.Access;
using Cem.Kernel.Security;
using Cem.Server.Features.Access.ListAudit;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ListAudit;

public sealed class ListAuditTests
{
    [Test]
    public async Task The_trail_says_who_did_what_to_whom_and_can_be_narrowed()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/users/invite");
        await browser.Submit("#invite", new { email = "lei@example.com", name = "Lei", role = "viewer" });
        await host.Settle();

        await browser.Open("/settings/audit?action=user.invited");

        var row = browser.Page.QuerySelectorAll("#audit tbody tr").Single().Children.Select(cell => cell.TextContent.Trim()).ToList();
        Assert.That(row.Skip(1), Is.EqualTo(new[] { "Person 1", "invited", "Lei", """{"role":"viewer","orgUnit":""}""" }));
        await browser.Open("/settings/audit");
        Assert.That(browser.Page.QuerySelectorAll("#audit tbody tr").Length, Is.GreaterThan(1));
    }

    [Test]
    public async Task What_is_not_worded_yet_and_what_looks_like_markup_is_shown_as_it_is()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        await host.Store.Write(tx => tx.Tell(new Audited(tx.Now, 0, "system", "matrix.replaced", "<script>alert(1)</script>", """{"a":"{{name}}"}""")));
        await host.Settle();

        var page = await browser.Open("/settings/audit?action=matrix.replaced");

        Assert.That(page.QuerySelector("#audit tbody tr")!.TextContent, Does.Contain("matrix.replaced").And.Contain("<script>alert(1)</script>").And.Contain("{{name}}"));
    }

    [Test]
    public async Task The_trail_goes_on_by_cursor_and_shows_each_entry_once_while_others_arrive()
    {
        await using var host = await CemHost.Run();
        for (var i = 0; i < 5; i++)
            await host.Store.Write(tx => tx.Tell(new Audited(tx.Now, 0, "system", "key.created", $"{i}")));
        await host.Settle();

        var first = await host.Send(new Request("key.created", null, 2));
        await host.Store.Write(tx => tx.Tell(new Audited(tx.Now, 0, "system", "key.created", "late")));
        await host.Settle();
        var second = await host.Send(new Request("key.created", first.Entries.Next, 2));
        var third = await host.Send(new Request("key.created", second.Entries.Next, 2));

        Assert.That(new[] { first, second, third }.SelectMany(page => page.Entries.Items).Select(entry => entry.Subject), Is.EqualTo(new[] { "4", "3", "2", "1", "0" }));
        Assert.That(third.Entries.Next, Is.Null);
    }

    [Test]
    public async Task An_administrator_of_a_region_does_not_see_the_whole_companys_trail()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var browser = await host.SignedIn(Roles.Administrator, "east");

        Assert.That((await browser.Client.GetAsync("/settings/audit")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
