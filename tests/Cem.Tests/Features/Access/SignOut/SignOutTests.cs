using System.Net;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.SignOut;

public sealed class SignOutTests
{
    [Test]
    public async Task Signing_out_ends_this_session_and_no_other_and_is_put_on_the_trail()
    {
        await using var host = await CemHost.Run();
        using var leaving = await host.SignedIn(Roles.Viewer);
        using var staying = await host.SignedIn(Roles.Viewer);
        var secret = leaving.CookiesKept[SessionCookie.Name]!.Value;

        var answer = await leaving.Post("/sign-out");
        await host.Settle();

        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/sign-in?done=signed-out"));
        Assert.That(leaving.CookiesKept[SessionCookie.Name], Is.Null);
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT secret_hash FROM access_sessions")),
            Is.EqualTo(new[] { Secret.Hash(staying.CookiesKept[SessionCookie.Name]!.Value) }).And.None.EqualTo(Secret.Hash(secret)));
        Assert.That(host.Store.Read(reader => reader.Single<long>("SELECT actor_id FROM access_audit WHERE action = 'user.signed-out'")), Is.EqualTo(leaving.UserId));
    }

    [Test]
    public async Task Signing_out_without_a_session_is_no_fault_and_no_entry()
    {
        await using var host = await CemHost.Run();
        using var browser = host.Browser();

        var answer = await browser.Post("/sign-out");
        await host.Settle();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM access_audit WHERE action = 'user.signed-out'")), Is.Zero);
    }

    [Test]
    public async Task A_sign_out_without_the_form_token_is_refused()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Viewer);

        var answer = await browser.Client.PostAsync("/sign-out", new FormUrlEncodedContent([]));

        Assert.That((int)answer.StatusCode, Is.GreaterThanOrEqualTo(400).And.LessThan(500));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM access_sessions")), Is.EqualTo(1));
    }
}
