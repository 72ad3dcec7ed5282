using System.Net;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.EndSession;

public sealed class EndSessionTests
{
    [Test]
    public async Task One_ends_ones_session_on_another_device_and_keeps_this_one()
    {
        await using var host = await CemHost.Run();
        using var here = await host.SignedIn(Roles.Viewer);
        using var there = host.Browser();
        await there.Post((await host.Send(new Cem.Contracts.Access.AskSignInLink("person1@example.com", "", "viewer", null, "en"))).Path);

        var page = await here.Open("/profile");
        Assert.That(page.QuerySelectorAll("#sessions tbody tr"), Has.Length.EqualTo(2));
        var other = page.QuerySelectorAll("#sessions tbody tr").Single(row => row.QuerySelector(".pill") is null).QuerySelector("form")!.GetAttribute("action");
        await here.Submit($"form[action='{other}']");

        Assert.That(here.Address, Is.EqualTo("/profile"));
        Assert.That((await there.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task An_administrator_ends_anothers_session_within_their_scope_only()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var administrator = await host.SignedIn(Roles.Administrator, "east");
        using var inside = await host.SignedIn(Roles.Viewer, "shanghai");
        using var outside = await host.SignedIn(Roles.Viewer, "north");

        Assert.That((await administrator.Post(End(host, outside))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await administrator.Post(End(host, inside), ("back", "//evil.example"))).Headers.Location?.ToString(), Is.EqualTo("/profile"));

        Assert.That((await inside.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await outside.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Others_cannot_end_it_and_do_not_learn_of_it()
    {
        await using var host = await CemHost.Run();
        using var mine = await host.SignedIn(Roles.CxManager);
        using var other = await host.SignedIn(Roles.Viewer);

        Assert.That((await mine.Post(End(host, other))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await other.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    static string End(CemHost host, Browser browser) =>
        $"/sessions/{new Id(host.Store.Read(reader => reader.Single<long>("SELECT id FROM access_sessions WHERE user_id = @UserId", new { browser.UserId })))}/end";
}
