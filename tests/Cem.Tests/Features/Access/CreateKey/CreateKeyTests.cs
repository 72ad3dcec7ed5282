using System.Net;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.CreateKey;

public sealed class CreateKeyTests
{
    [Test]
    public async Task The_key_is_shown_once_works_and_is_kept_as_a_hash()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/keys/new");

        var key = (await browser.Submit("#key", new { name = "CRM", scopes = new[] { Scopes.CustomersWrite, Scopes.EventsWrite }, orgUnit = "", expiresAt = "" })).QuerySelector("#key")!.TextContent;

        Assert.That(key, Does.Match("^cem_[0-9a-z]{13}_[0-9a-z]{32}$"));
        Assert.That(await Call(host, key), Is.EqualTo(HttpStatusCode.OK));
        await browser.Open("/settings/keys");
        Assert.That(browser.Page.Body!.TextContent, Does.Contain("CRM").And.Not.Contain(key.Split('_')[2]));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT secret_hash FROM access_keys")), Has.None.Contains(key.Split('_')[2]));
    }

    [Test]
    public async Task A_key_is_good_until_the_end_of_its_last_day_in_company_time()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/keys/new");
        var key = (await browser.Submit("#key", new { name = "CRM", scopes = Scopes.Admin, expiresAt = "2026-03-11" })).QuerySelector("#key")!.TextContent;

        host.Clock.Set(new DateTimeOffset(2026, 3, 11, 23, 59, 59, TimeSpan.FromHours(8)));
        Assert.That(await Call(host, key), Is.EqualTo(HttpStatusCode.OK));
        host.Clock.Set(new DateTimeOffset(2026, 3, 12, 0, 0, 0, TimeSpan.FromHours(8)));
        Assert.That(await Call(host, key), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_key_without_scopes_or_with_a_day_gone_by_is_refused_beside_the_field()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/keys/new");

        var page = await browser.Submit("#key", new { name = "CRM", scopes = Array.Empty<string>(), expiresAt = "2026-03-10" });

        Assert.That(page.QuerySelector(".field-wrong input[name=scopes]"), Is.Not.Null, page.Body!.TextContent);
        Assert.That(page.QuerySelector(".field-wrong #f-expiresat"), Is.Not.Null, page.Body!.TextContent);
        Assert.That(page.QuerySelector("#f-name")!.GetAttribute("value"), Is.EqualTo("CRM"));
    }

    static async Task<HttpStatusCode> Call(CemHost host, string key)
    {
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return (await client.GetAsync("/api/v1/org-units")).StatusCode;
    }
}
