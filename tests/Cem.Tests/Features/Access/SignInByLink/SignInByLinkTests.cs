using System.Net;
using Cem.Contracts.Access;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.SignInByLink;

public sealed class SignInByLinkTests
{
    static readonly AskSignInLink Ask = new("mei@example.com", "Mei", "administrator", null, "en");

    [Test]
    public async Task A_link_signs_in_once()
    {
        await using var host = await CemHost.Run();
        var link = await host.Send(Ask);
        using var first = host.Browser();
        using var second = host.Browser();

        var good = await first.Post(link.Path);
        var used = await second.Post(link.Path);

        Assert.That(good.Headers.Location?.ToString(), Is.EqualTo("/"));
        var cookie = good.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith(SessionCookie.Name, StringComparison.Ordinal));
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=lax").And.Not.Contain("secure"));
        Assert.That(used.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_link_is_good_for_a_day()
    {
        await using var host = await CemHost.Run();
        var link = await host.Send(Ask);
        host.Clock.Advance(TimeSpan.FromHours(24));
        using var browser = host.Browser();

        var answer = await browser.Post(link.Path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_new_link_replaces_the_one_before()
    {
        await using var host = await CemHost.Run();
        var first = await host.Send(Ask);
        var second = await host.Send(Ask);
        using var browser = host.Browser();

        Assert.That((await browser.Post(first.Path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await browser.Post(second.Path)).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(second.UserId, Is.EqualTo(first.UserId));
    }

    [Test]
    public async Task Twenty_uses_at_once_make_one_session()
    {
        await using var host = await CemHost.Run();
        var link = await host.Send(Ask);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Browser().Post(link.Path)));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Found), Is.EqualTo(1));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM access_sessions")), Is.EqualTo(1));
    }

    [Test]
    public async Task Only_the_server_itself_may_ask_for_a_link()
    {
        await using var host = await CemHost.Run();
        var administrator = new Caller(CallerKind.Staff, 1, "Mei", Roles.Administrator, [], 0, "en");

        Assert.That(() => host.Send(Ask, administrator), Throws.InstanceOf<Problem>().With.Property("Status").EqualTo(403));
    }

    [Test]
    public async Task The_session_a_browser_had_ends_when_it_signs_in_anew()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Viewer);
        var before = browser.CookiesKept[SessionCookie.Name]!.Value;
        var link = await host.Send(Ask);

        await browser.Post(link.Path);

        Assert.That(browser.CookiesKept[SessionCookie.Name]!.Value, Is.Not.EqualTo(before));
        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT secret_hash FROM access_sessions")), Is.EqualTo(Secret.Hash(browser.CookiesKept[SessionCookie.Name]!.Value)));
    }
}
