using System.Net;
using System.Net.Http.Headers;
using Cem.Kernel.Security;
using Cem.Tests.Features.WorkOrders;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.AuthenticateKey;

public sealed class AuthenticateKeyTests
{
    [TestCase("Authorization", "Bearer {0}", 200)]
    [TestCase("Authorization", "bearer {0}", 200)]
    [TestCase("X-Api-Key", "{0}", 200)]
    [TestCase("Authorization", "Basic {0}", 401)]
    [TestCase("Authorization", "Bearer {0}x", 401)]
    [TestCase("Authorization", "Bearer cem_0000000000000_secret", 401)]
    [TestCase("Authorization", "Bearer", 401)]
    [TestCase("X-Api-Key", "'; DROP TABLE access_keys; --", 401)]
    public async Task A_key_is_taken_from_either_header_and_only_whole(string header, string value, int status)
    {
        await using var host = await CemHost.Run();
        var made = await host.Send(new Server.Features.Access.CreateKey.Request("CRM", [Scopes.Admin]));
        var client = host.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, string.Format(null, value, made.Key));

        using var answer = await client.GetAsync("/api/v1/org-units");

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        if (status == 401)
            Assert.That(answer.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer"));
    }

    [Test]
    public async Task A_key_that_expires_is_out_at_that_moment_though_it_is_remembered()
    {
        await using var host = await CemHost.Run();
        var made = await host.Send(new Server.Features.Access.CreateKey.Request("CRM", [Scopes.Admin], ExpiresAt: CemHost.Start.AddSeconds(3)));
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Key);
        Assert.That((await client.GetAsync("/api/v1/org-units")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        host.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.That((await client.GetAsync("/api/v1/org-units")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_last_use_is_written_down_and_a_key_never_used_has_none()
    {
        await using var host = await CemHost.Run();
        await host.Send(new Server.Features.Access.CreateKey.Request("spare", [Scopes.Admin]));
        var client = await host.WithKey(Scopes.Admin);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await client.GetAsync("/api/v1/org-units");

        await host.Advance(TimeSpan.FromMinutes(1));

        var used = host.Store.Read(reader => reader.Query<Used>("SELECT name, last_used_at FROM access_keys ORDER BY name"));
        Assert.That(used, Is.EqualTo(new[] { new Used("spare", null), new Used("test", CemHost.Start.AddHours(1)) }));
    }

    [Test]
    public async Task Who_the_caller_acts_for_is_named_in_the_history()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        desk.Api.DefaultRequestHeaders.Add("X-Acting-For", Uri.EscapeDataString("陈伟"));

        await (await desk.Step(id, "note", new { note = "Called them." })).Json();

        Assert.That((await desk.Read(id)).GetRawText(), Does.Contain("陈伟"));
    }

    sealed record Used(string Name, DateTimeOffset? LastUsedAt);
}
