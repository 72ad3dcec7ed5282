using Cem.Contracts.Access;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ForgetExpired;

public sealed class ForgetExpiredTests
{
    [Test]
    public async Task Links_that_are_too_old_failed_sign_ins_and_ended_sessions_are_gone()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Cem.Kernel.Security.Roles.Viewer);
        await host.Send(new AskSignInLink("mei@example.com", "Mei", "viewer", null, "en"));
        using var failed = await host.Browser().Post("/sign-in", ("email", "mei@example.com"), ("password", "wrong horse battery"));
        await host.Settle();
        Assert.That(Count(host), Is.EqualTo(new Counts(1, 2, 1)));

        await host.Advance(TimeSpan.FromDays(31));

        Assert.That(Count(host), Is.EqualTo(new Counts(0, 0, 0)));
    }

    static Counts Count(CemHost host) => host.Store.Read(reader => reader.Single<Counts>("""
        SELECT (SELECT COUNT(*) FROM access_links) AS links, (SELECT COUNT(*) FROM access_attempts) AS attempts,
          (SELECT COUNT(*) FROM access_sessions) AS sessions
        """));

    sealed record Counts(int Links, int Attempts, int Sessions);
}
