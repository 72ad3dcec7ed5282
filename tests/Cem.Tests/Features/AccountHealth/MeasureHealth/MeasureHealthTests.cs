using System.Net.Http.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.AccountHealth.MeasureHealth;

public sealed class MeasureHealthTests
{
    [Test]
    public async Task A_change_of_field_is_told_once_and_no_change_is_not_told()
    {
        await using var host = await CemHost.Run();
        await Clinic.Open(host);
        Assert.That(Clinic.Told(host, "calm6"), Is.Empty);
        Assert.That(Clinic.Told(host, "story"), Is.Not.Empty);
        var before = Clinic.Told(host, "story").Count;

        foreach (var day in new[] { 8, 9, 10 })
            await Clinic.Answer(host, "calm6", null, "user", null, new DateOnly(2026, 3, day), 0);
        foreach (var day in new[] { 8, 9, 10 })
            await Clinic.Answer(host, "calm6", null, "decisionMaker", null, new DateOnly(2026, 3, day), 1);
        await host.Advance(TimeSpan.FromMinutes(2));
        await host.Advance(TimeSpan.FromMinutes(2));

        Assert.That(Clinic.Told(host, "calm6"), Is.EqualTo(new[] { ("hiddenChurn", (string?)"healthy", "medium") }));
        Assert.That(Clinic.Told(host, "story"), Has.Count.EqualTo(before));
    }

    [Test]
    public async Task Every_account_is_measured_again_when_the_day_turns_and_since_stays_with_the_field()
    {
        await using var host = await CemHost.Run();
        await Clinic.Open(host);

        await host.Advance(TimeSpan.FromDays(1));

        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT DISTINCT day || ' ' || since || ' ' || due FROM account_health_states")), Is.EqualTo(new[] { "20260312 20260311 0" }));
    }

    [Test]
    public async Task What_changes_the_picture_makes_an_account_due_whatever_it_is()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);
        string Risk() => host.Store.Read(reader => reader.Single<string>("SELECT s.risk FROM account_health_states s JOIN customers_accounts a ON a.id = s.account_id WHERE a.external_id = 'calm1'"));
        Assert.That(Risk(), Is.EqualTo("low"));

        foreach (var id in new[] { "1", "2", "3" })
            await (await api.PostAsJsonAsync("/api/v1/events", new { source = "desk", eventId = id, type = "ticket.closed", occurredAt = $"2026-03-0{id}T09:00:00+08:00", account = "calm1", touchpoint = "oa-sync" })).Json();
        await host.Advance(TimeSpan.FromMinutes(2));
        Assert.That(Risk(), Is.EqualTo("low"), "the renewal is far away");

        await (await api.PutAsJsonAsync("/api/v1/accounts/calm1", new { name = "Calm", orgUnit = "shanghai", renewalDate = "2026-06-30" })).Json();
        await host.Advance(TimeSpan.FromMinutes(2));
        Assert.That(Risk(), Is.EqualTo("medium"), "a problem repeats and the renewal is near");
    }
}
