using System.Net;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ChangeUser;

public sealed class ChangeUserTests
{
    [Test]
    public async Task A_new_role_holds_from_the_next_click_on()
    {
        await using var host = await CemHost.Run();
        using var administrator = await host.SignedIn(Roles.Administrator);
        using var user = await host.SignedIn(Roles.Viewer);
        Assert.That((await user.Client.GetAsync("/settings/users")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await administrator.Open($"/settings/users/{new Id(user.UserId)}");

        await administrator.Submit("#user", new { role = "administrator" });

        Assert.That(administrator.Page.QuerySelector(".flash-good"), Is.Not.Null);
        Assert.That((await user.Client.GetAsync("/settings/users")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Deactivating_ends_sessions_and_links_at_once()
    {
        await using var host = await CemHost.Run();
        using var administrator = await host.SignedIn(Roles.Administrator);
        using var user = await host.SignedIn(Roles.Viewer);
        var link = await host.Send(new Cem.Contracts.Access.AskSignInLink("person2@example.com", "", "viewer", null, "en"));
        await administrator.Open($"/settings/users/{new Id(user.UserId)}");

        await administrator.Submit("#user", new { active = false });

        Assert.That((await user.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await user.Post(link.Path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await administrator.Submit("#user", new { active = true });
        Assert.That((await user.Post(link.Path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "what has ended does not come back");
    }

    [TestCase("viewer", true, "role")]
    [TestCase("administrator", false, "active")]
    public async Task The_last_active_administrator_stays_one(string role, bool active, string field)
    {
        await using var host = await CemHost.Run();
        using var administrator = await host.SignedIn(Roles.Administrator);
        await host.Send(new Server.Features.Access.InviteUser.Request("lei@example.com", "Lei", Roles.Administrator, null, "en", ByMail: false));
        await administrator.Open($"/settings/users/{new Id(administrator.UserId)}");

        var page = await administrator.Submit("#user", new { role, active });

        Assert.That(page.QuerySelector($".field-wrong #f-{field}"), Is.Not.Null, page.Body!.TextContent);
        Assert.That((await administrator.Client.GetAsync("/settings/users")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Of_two_administrators_who_remove_each_other_at_once_one_stays()
    {
        await using var host = await CemHost.Run();
        using var first = await host.SignedIn(Roles.Administrator);
        using var second = await host.SignedIn(Roles.Administrator);

        await Task.WhenAll(Demote(first, second), Demote(second, first));

        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM access_users WHERE role = 'administrator'")), Is.EqualTo(1));

        static Task<HttpResponseMessage> Demote(Browser by, Browser whom) =>
            by.Post($"/settings/users/{new Id(whom.UserId)}", ("name", "X"), ("role", "viewer"), ("orgUnit", ""), ("active", "true"));
    }

    [Test]
    public async Task Users_outside_the_administrators_scope_do_not_exist_and_nobody_is_moved_out_of_it()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var administrator = await host.SignedIn(Roles.Administrator, "east");
        using var outside = await host.SignedIn(Roles.Viewer, "north");
        using var inside = await host.SignedIn(Roles.Viewer, "shanghai");

        Assert.That(await Get(outside), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Get(inside), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Move(outside, "east"), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Move(inside, "north"), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await Move(administrator, ""), Is.EqualTo(HttpStatusCode.UnprocessableEntity), "not even oneself");
        Assert.That(await Move(inside, "east"), Is.EqualTo(HttpStatusCode.Found));

        async Task<HttpStatusCode> Get(Browser whom) => (await administrator.Client.GetAsync($"/settings/users/{new Id(whom.UserId)}")).StatusCode;
        async Task<HttpStatusCode> Move(Browser whom, string unit) =>
            (await administrator.Post($"/settings/users/{new Id(whom.UserId)}", ("name", "X"), ("role", "viewer"), ("orgUnit", unit), ("active", "true"))).StatusCode;
    }
}
