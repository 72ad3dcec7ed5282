using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.CreateInvitations;

public sealed class CreateInvitationsTests
{
    [Test]
    public async Task Each_contact_gets_a_link_or_the_reason_why_not()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);

        var answer = await Invite(programme, "ann", "silent");

        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.That(items[0].GetProperty("state").GetString(), Is.EqualTo("sent"));
        var secret = items[0].GetProperty("link").GetString()!.Split("/s/")[1];
        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT touchpoint FROM invitations_v_links WHERE secret_hash = @Hash", new { Hash = Secret.Hash(secret) })), Is.EqualTo("support"));
        Assert.That(items[1].GetProperty("reason").GetString(), Is.EqualTo("no-consent"));
        Assert.That(items[1].GetProperty("link").GetString(), Is.Null);
    }

    [Test]
    public async Task Links_given_out_start_the_clocks_and_use_up_the_budget()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        foreach (var user in (string[])["ben", "cid", "dan"])
            await programme.Contact(user, "acme");

        await Invite(programme, "ann");
        var answer = await Invite(programme, "ann", "ben", "cid", "dan");

        Assert.That(answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("reason").GetString()), Is.EqualTo((string?[])["clock-touchpoint", null, null, "account-budget"]));
    }

    [Test]
    public async Task A_retry_with_the_same_key_gets_the_same_links()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        programme.Api.DefaultRequestHeaders.Add("Idempotency-Key", "k1");

        var first = await Invite(programme, "ann");
        var again = await Invite(programme, "ann");

        Assert.That(again.GetRawText(), Is.EqualTo(first.GetRawText()));
    }

    [Test]
    public async Task What_is_unknown_is_refused_with_its_place()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        var west = await programme.BoundTo("west", Scopes.EventsWrite);
        object Body(string survey = "care", string contact = "ann", string touchpoint = "support") => new { survey, contacts = new[] { "silent", contact }, touchpoint };

        await (await programme.Api.PostAsJsonAsync("/api/v1/invitations", Body(survey: "none"))).IsProblem(422, "survey-not-found", "/survey");
        await (await programme.Api.PostAsJsonAsync("/api/v1/invitations", Body(contact: "none"))).IsProblem(422, "contact-not-found", "/contacts/1");
        await (await programme.Api.PostAsJsonAsync("/api/v1/invitations", Body(touchpoint: "none"))).IsProblem(422, "touchpoint-not-found", "/touchpoint");
        await (await west.PostAsJsonAsync("/api/v1/invitations", Body())).IsProblem(422, "invalid", "/contacts/0");
    }

    static async Task<Programme> Arrange(CemHost host)
    {
        var programme = await Programme.Start(host);
        await programme.Account("acme");
        await programme.Contact("ann", "acme");
        await programme.Contact("silent", "acme", consent: false);
        await programme.Survey("care");
        return programme;
    }

    static async Task<System.Text.Json.JsonElement> Invite(Programme programme, params string[] contacts) =>
        await (await programme.Api.PostAsJsonAsync("/api/v1/invitations", new { survey = "care", contacts, touchpoint = "support" })).Json();
}
