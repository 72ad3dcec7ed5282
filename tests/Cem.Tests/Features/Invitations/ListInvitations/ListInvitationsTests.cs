using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Features.Invitations.SendDue;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.ListInvitations;

public sealed class ListInvitationsTests
{
    [Test]
    public async Task Every_invitation_that_was_not_sent_shows_its_reason()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);

        var all = await List(programme.Api, "");
        var suppressed = await List(programme.Api, "?state=suppressed");
        var clocked = await List(programme.Api, "?reason=clock-touchpoint&survey=care");

        Assert.That(all.Select(item => item.GetProperty("contact").GetString()), Is.EqualTo((string[])["ann", "silent", "ann"]));
        Assert.That(suppressed.Select(item => item.GetProperty("reason").GetString()), Is.EqualTo((string[])["clock-touchpoint", "no-consent"]));
        Assert.That(suppressed[0].GetProperty("words").GetProperty("zh-CN").GetString(), Is.Not.Empty);
        Assert.That(clocked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Pages_of_the_list_follow_each_other_without_gaps()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);

        var first = await (await programme.Api.GetAsync("/api/v1/invitations?limit=2")).Json();
        var rest = await (await programme.Api.GetAsync($"/api/v1/invitations?limit=2&cursor={first.GetProperty("next").GetString()}")).Json();

        Assert.That(first.GetProperty("items").GetArrayLength(), Is.EqualTo(2));
        Assert.That(rest.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That(rest.GetProperty("next").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_key_or_a_person_bound_to_an_org_unit_sees_its_accounts_only()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        using var browser = await host.SignedIn(Roles.Manager, "west");

        Assert.That(await List(await programme.BoundTo("west", Scopes.InsightsRead), ""), Is.Empty);
        Assert.That(await List(await programme.BoundTo("east", Scopes.InsightsRead), ""), Has.Count.EqualTo(3));
        Assert.That((await browser.Open("/surveys/invitations")).QuerySelector("table"), Is.Null);
    }

    [TestCase(Languages.English)]
    [TestCase(Languages.Chinese)]
    public async Task The_page_says_who_was_asked_and_why_others_were_not(string language)
    {
        await using var host = await CemHost.Run();
        await Arrange(host);
        using var browser = await host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/surveys/invitations?state=suppressed");

        Assert.That(page.QuerySelectorAll("tbody tr"), Has.Length.EqualTo(2), page.Body!.TextContent);
        Snapshot.Matches(page.QuerySelector(".answer")!.OuterHtml + "\n" + page.QuerySelector(".table")!.OuterHtml, "html", language);
    }

    [Test]
    public async Task Before_anything_was_decided_the_page_says_where_invitations_come_from()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Viewer);

        Assert.That((await browser.Open("/surveys/invitations")).QuerySelector(".empty"), Is.Not.Null);
    }

    static async Task<Programme> Arrange(CemHost host)
    {
        var programme = await SendDueTests.Arrange(host);
        await programme.Contact("silent", "acme", consent: false);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        await programme.Report("e2", "acme", "silent");
        await host.Settle();
        await programme.Report("e3", "acme", "ann");
        await host.Settle();
        return programme;
    }

    static async Task<List<JsonElement>> List(HttpClient api, string query) =>
        [.. (await (await api.GetAsync("/api/v1/invitations" + query)).Json()).GetProperty("items").EnumerateArray()];
}
