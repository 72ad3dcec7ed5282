using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.ListFeedback;

public sealed class ListFeedbackTests
{
    [Test]
    public async Task The_page_shows_what_was_said_by_whom_and_who_wrote_it_down()
    {
        await using var host = await CemHost.Run();
        await Arrange(host);
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/feedback");

        var rows = page.QuerySelectorAll("#feedback tbody tr").Select(row => row.TextContent).ToList();
        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(rows[0], Does.Contain("Visit note").And.Contain("They <love> it.").And.Contain("owner@example.com").And.Contain("interested party"));
        Assert.That(rows[1], Does.Contain("Complaint").And.Contain("Luo Yang").And.Contain("It never syncs."));
        Assert.That(page.QuerySelector("#feedback a[href='/accounts/western']"), Is.Not.Null);
    }

    [Test]
    public async Task It_is_filtered_by_kind_period_and_org_unit()
    {
        await using var host = await CemHost.Run();
        await Arrange(host);
        using var browser = await host.SignedIn(Roles.Viewer);

        Assert.That(await Rows(browser, "/feedback?kind=complaint"), Is.EqualTo(1));
        Assert.That(await Rows(browser, "/feedback?orgUnit=west"), Is.EqualTo(1));
        Assert.That(await Rows(browser, "/feedback?account=eastern"), Is.EqualTo(1));
        host.Clock.Advance(TimeSpan.FromDays(120));
        using var later = await host.SignedIn(Roles.Viewer);
        Assert.That(await Rows(later, "/feedback"), Is.Zero);
        Assert.That(later.Page.QuerySelector(".empty")!.TextContent, Does.Contain("POST /api/v1/feedback"));
        Assert.That(await Rows(later, "/feedback?period=all"), Is.EqualTo(2));
    }

    [Test]
    public async Task Only_what_lies_in_ones_own_org_units_is_there()
    {
        await using var host = await CemHost.Run();
        var api = await Arrange(host);
        using var browser = await host.SignedIn(Roles.Manager, "east");
        var bound = await host.WithBoundKey("east", Scopes.InsightsRead);

        Assert.That(await Rows(browser, "/feedback"), Is.EqualTo(1));
        Assert.That(browser.Page.Body!.TextContent, Does.Not.Contain("They <love> it."));
        Assert.That((await bound.Got("/api/v1/feedback")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await api.Got("/api/v1/feedback")).GetProperty("items").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_api_gives_page_after_page_and_refuses_a_kind_that_is_none()
    {
        await using var host = await CemHost.Run();
        var api = await Arrange(host);

        var first = await api.Got("/api/v1/feedback?limit=1");
        var second = await api.Got("/api/v1/feedback?limit=1&cursor=" + Uri.EscapeDataString(first.GetProperty("next").GetString()!));

        Assert.That(first.GetProperty("items")[0].GetProperty("externalId").GetString(), Is.EqualTo("f-2"));
        Assert.That(second.GetProperty("items")[0].GetProperty("externalId").GetString(), Is.EqualTo("f-1"));
        await (await api.GetAsync("/api/v1/feedback?kind=rumour")).IsProblem(400, "malformed", "kind");
    }

    static async Task<int> Rows(Browser browser, string path) => (await browser.Open(path)).QuerySelectorAll("#feedback tbody tr").Length;

    static async Task<HttpClient> Arrange(CemHost host)
    {
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        await api.PutAccount("eastern", "east");
        await (await api.PutAsJsonAsync("/api/v1/accounts/western", new { name = "Western", orgUnit = "west", owner = "owner@example.com" })).Json();
        await api.PutContact("c-1", "eastern");
        await (await api.PostAsJsonAsync("/api/v1/feedback", new { source = "crm", externalId = "f-1", kind = "complaint", account = "eastern", contact = "c-1", at = host.Clock.GetUtcNow().AddHours(-2), text = "It never syncs.", score = 10 })).Json();
        await (await api.PostAsJsonAsync("/api/v1/feedback", new { source = "crm", externalId = "f-2", kind = "visitNote", account = "western", at = host.Clock.GetUtcNow().AddHours(-1), text = "They <love> it.", recordedBy = "owner@example.com" })).Json();
        return api;
    }
}
