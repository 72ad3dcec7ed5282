using System.Net;
using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Invitations;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ReceiveEvents;

public sealed class ReceiveEventsTests
{
    [Test]
    public async Task An_event_is_accepted_and_stored_with_its_dimensions()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);

        var answer = await programme.Api.PostAsJsonAsync("/api/v1/events", new
        {
            source = "crm", eventId = "e/1 ü", type = "ticket.closed", occurredAt = "2026-03-10T23:30:00+08:00", account = "acme", contact = "ann",
            touchpoint = "support", orgUnit = "west", product = "flight", channel = "phone", value = 2.5, attributes = new { category = "refund", times = 2 },
        });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/api/v1/events/crm/e%2F1%20%C3%BC/outcome"));
        var stored = host.Store.Read(reader => reader.Single<Stored>("""
            SELECT e.event_id, e.occurred_day, c.external_id AS contact, u.code AS org_unit, e.value, e.attributes
            FROM operational_data_v_events e JOIN customers_v_contacts c ON c.id = e.contact_id JOIN customers_v_org_units u ON u.id = e.org_unit_id
            """));
        Assert.That(stored, Is.EqualTo(new Stored("e/1 ü", 20260310, "ann", "west", 2.5, """{"category":"refund","times":2}""")));
    }

    [Test]
    public async Task The_same_event_again_gets_the_same_answer_and_is_told_once()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        var first = await (await programme.Report("e1", "acme", at: host.Clock.GetUtcNow())).Json();

        host.Clock.Advance(TimeSpan.FromDays(3));
        var again = await (await programme.Report("e1", "acme", at: CemHost.Start.ToOffset(TimeSpan.FromHours(8)))).Json();

        Assert.That(again.GetRawText(), Is.EqualTo(first.GetRawText()));
        Assert.That(Told(host), Is.EqualTo(1));
    }

    [Test]
    public async Task Something_else_under_the_same_id_is_not_stored_and_the_answer_says_so()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        var first = await (await programme.Report("e1", "acme", type: "ticket.closed")).Json();

        var other = await (await programme.Report("e1", "acme", type: "ticket.opened")).Json();

        Assert.That(first.GetProperty("duplicate").GetBoolean(), Is.False);
        Assert.That(other.GetProperty("duplicate").GetBoolean(), Is.True);
        Assert.That(other.GetProperty("id").GetString(), Is.EqualTo(first.GetProperty("id").GetString()));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT type FROM operational_data_v_events")), Is.EqualTo((string[])["ticket.closed"]));
    }

    [Test]
    public async Task Twenty_equal_events_at_once_are_one()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => programme.Report("e1", "acme", "ann")));

        var ids = await Task.WhenAll(answers.Select(async answer => (await answer.Json()).GetProperty("id").GetString()));
        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
        Assert.That(Told(host), Is.EqualTo(1));
    }

    [TestCase("account", "nobody", "account-not-found")]
    [TestCase("contact", "nobody", "contact-not-found")]
    [TestCase("contact", "bob", "contact-not-found", Description = "bob belongs to another account")]
    [TestCase("touchpoint", "nowhere", "touchpoint-not-found")]
    [TestCase("orgUnit", "nowhere", "org-unit-not-found")]
    public async Task What_an_event_names_must_be_known(string field, string value, string code)
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        var body = new Dictionary<string, object> { ["source"] = "crm", ["eventId"] = "e1", ["type"] = "t", ["occurredAt"] = CemHost.Start, ["account"] = "acme", [field] = value };

        await (await programme.Api.PostAsJsonAsync("/api/v1/events", body)).IsProblem(422, code, "/" + field);

        Assert.That(Told(host), Is.Zero);
    }

    [TestCase(24 * 60, true)]
    [TestCase(24 * 60 + 1, false)]
    [TestCase(-600 * 24 * 60, true)]
    public async Task Late_events_are_taken_and_those_more_than_a_day_ahead_are_not(int minutes, bool taken)
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);

        var answer = await programme.Report("e1", "acme", at: host.Clock.GetUtcNow().AddMinutes(minutes));

        if (taken)
            await answer.Json();
        else
            await answer.IsProblem(422, "less-than-or-equal", "/occurredAt");
    }

    [Test]
    public async Task A_key_bound_to_an_org_unit_does_not_know_accounts_outside_it()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        var west = await programme.BoundTo("west", Scopes.EventsWrite);

        var answer = await west.PostAsJsonAsync("/api/v1/events", new { source = "crm", eventId = "e1", type = "t", occurredAt = CemHost.Start, account = "acme" });

        await answer.IsProblem(422, "account-not-found", "/account");
    }

    [Test]
    public async Task In_a_batch_one_bad_item_does_not_sink_the_rest()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        object Event(string id, object? account, string type = "t") => new { source = "crm", eventId = id, type, occurredAt = CemHost.Start, account };

        var answer = await (await programme.Api.PostAsJsonAsync("/api/v1/events:batch", new
        {
            items = new[] { Event("e1", "acme"), Event("e2", "nobody"), Event("e3", 7), Event("", "acme"), Event("e1", "acme", "other"), Event("e4", "bravo") },
        })).Json();

        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.That(items.Select(item => item.GetProperty("index").GetInt32()), Is.EqualTo(Enumerable.Range(0, 6)));
        Assert.That(items.Select(item => item.GetProperty("status").GetInt32()), Is.EqualTo((int[])[202, 422, 400, 422, 202, 202]), answer.GetRawText());
        Assert.That(items[1].GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/account"));
        Assert.That(items[2].GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/account"));
        Assert.That(items[5].GetProperty("id").GetString(), Is.EqualTo("e4"));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT event_id FROM operational_data_v_events ORDER BY id")), Is.EqualTo((string[])["e1", "e4"]));
        Assert.That(Told(host), Is.EqualTo(2));
    }

    [TestCase(0, "empty")]
    [TestCase(1001, "too-many")]
    public async Task A_batch_has_one_to_a_thousand_items(int count, string code)
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);

        var answer = await programme.Api.PostAsJsonAsync("/api/v1/events:batch", new { items = Enumerable.Repeat(new { }, count) });

        await answer.IsProblem(422, code, "/items");
    }

    static async Task<Programme> Arrange(CemHost host)
    {
        var programme = await Programme.Start(host);
        await programme.Account("acme");
        await programme.Contact("ann", "acme");
        await programme.Account("bravo", "west");
        await programme.Contact("bob", "bravo");
        return programme;
    }

    static int Told(CemHost host) => host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_facts WHERE name = 'EventReceived'"));

    sealed record Stored(string EventId, int OccurredDay, string Contact, string OrgUnit, double Value, string Attributes);
}
