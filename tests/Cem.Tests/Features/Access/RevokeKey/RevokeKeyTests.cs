using System.Net;
using System.Net.Http.Headers;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.RevokeKey;

public sealed class RevokeKeyTests
{
    [Test]
    public async Task A_revoked_key_is_out_with_its_next_call()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        var api = await host.WithKey(Scopes.Admin);
        Assert.That((await api.GetAsync("/api/v1/org-units")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await browser.Open("/settings/keys");

        await browser.Submit("#keys form");

        Assert.That((await api.GetAsync("/api/v1/org-units")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(browser.Page.QuerySelector(".flash-good"), Is.Not.Null);
        Assert.That(browser.Page.QuerySelector("#keys .pill")!.TextContent, Is.EqualTo("revoked"));
    }

    [Test]
    public async Task The_command_line_revokes_by_id_and_twice_is_no_fault()
    {
        await using var host = await CemHost.Run();
        var made = await host.Send(new Server.Features.Access.CreateKey.Request("CRM", [Scopes.Admin]));
        var api = host.Anonymous();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Key);
        await api.GetAsync("/api/v1/org-units");

        for (var i = 0; i < 2; i++)
            Assert.That(await Run(host, made.Id.ToString()), Is.Zero);

        Assert.That((await api.GetAsync("/api/v1/org-units")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(() => Run(host, "CRM"), Throws.InstanceOf<UsageException>());
        await host.Settle();
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM access_audit WHERE action = 'key.revoked'")), Is.EqualTo(1));
    }

    [Test]
    public async Task Keys_outside_the_administrators_scope_do_not_exist()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        var outside = await host.Send(new Server.Features.Access.CreateKey.Request("CRM", [Scopes.Admin], "north"));
        using var browser = await host.SignedIn(Roles.Administrator, "east");

        Assert.That((await browser.Post($"/settings/keys/{outside.Id}/revoke")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    static Task<int> Run(CemHost host, string id) =>
        CommandLine.RunVerb(host.Services, new("keys revoke", new Dictionary<string, string>(), [id]), TextWriter.Null, TextWriter.Null, CancellationToken.None);
}
