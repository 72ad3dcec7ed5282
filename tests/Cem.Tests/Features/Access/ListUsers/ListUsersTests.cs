using Cem.Kernel.Security;
using Cem.Server.Features.Access.ListUsers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ListUsers;

public sealed class ListUsersTests
{
    [Test]
    public async Task Everybody_is_listed_with_role_scope_and_state()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var browser = await host.SignedIn(Roles.Administrator);
        using var manager = await host.SignedIn(Roles.Manager, "east");
        await host.Send(new Server.Features.Access.InviteUser.Request("zoe@example.com", "Zoe", Roles.CxManager, null, "en", ByMail: false));

        await browser.Open("/settings/users");

        var rows = browser.Page.QuerySelectorAll("#users tbody tr").Select(row => string.Join(" | ", row.Children.Take(5).Select(cell => cell.TextContent)));
        Assert.That(rows, Is.EqualTo(new[]
        {
            "Person 1 | person1@example.com | Administrator | Whole company | active",
            "Person 2 | person2@example.com | Manager | East | active",
            "Zoe | zoe@example.com | CX manager | Whole company | invited",
        }));
    }

    [Test]
    public async Task The_list_goes_on_by_cursor_and_shows_each_user_once()
    {
        await using var host = await CemHost.Run();
        for (var i = 0; i < 5; i++)
            await host.Send(new Server.Features.Access.InviteUser.Request($"person{i}@example.com", "Lei", Roles.Viewer, null, "en", ByMail: false));

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await host.Send(new Request(cursor, 2));
            seen.AddRange(page.Items.Select(user => user.Email));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 5).Select(i => $"person{i}@example.com")));
    }

    [Test]
    public async Task An_administrator_of_a_region_sees_its_users_only()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var browser = await host.SignedIn(Roles.Administrator, "east");
        using var inside = await host.SignedIn(Roles.Viewer, "shanghai");
        using var outside = await host.SignedIn(Roles.Viewer, "north");
        using var chief = await host.SignedIn(Roles.Administrator);

        await browser.Open("/settings/users");

        Assert.That(browser.Page.QuerySelectorAll("#users tbody th").Select(cell => cell.TextContent), Is.EqualTo(new[] { "Person 1", "Person 2" }));
    }
}
