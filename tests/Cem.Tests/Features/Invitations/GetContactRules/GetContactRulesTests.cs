using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.GetContactRules;

public sealed class GetContactRulesTests
{
    [Test]
    public async Task A_new_server_has_the_default_rules_and_whoever_reads_insights_may_see_them()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);

        var rules = await (await api.GetAsync("/api/v1/contact-rules")).Json();

        Assert.That(rules.GetProperty("touchpointDays").GetInt32(), Is.EqualTo(30));
        Assert.That(rules.GetProperty("relationshipDays").GetInt32(), Is.EqualTo(90));
        Assert.That(rules.GetProperty("budgetContacts").GetInt32(), Is.EqualTo(3));
        Assert.That(rules.GetProperty("budgetDays").GetInt32(), Is.EqualTo(30));
        Assert.That(rules.EnumerateObject().Select(rule => rule.Value.ValueKind), Has.All.EqualTo(JsonValueKind.Number));
    }

    [Test]
    public async Task A_key_for_events_does_not_read_them()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.EventsWrite);

        await (await api.GetAsync("/api/v1/contact-rules")).IsProblem(403, "forbidden");
    }
}
