using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.GetOutcome;

public sealed class GetOutcomeTests
{
    [Test]
    public async Task Before_it_is_decided_an_event_is_pending()
    {
        await using var host = await CemHost.Run();
        var programme = await DecideOnEvent.DecideOnEventTests.Arrange(host);
        await programme.Report("e/1", "acme", "ann");

        var outcome = await (await programme.Api.GetAsync("/api/v1/events/crm/e%2F1/outcome")).Json();

        Assert.That(outcome.GetProperty("outcome").GetString(), Is.EqualTo("pending"));
        Assert.That(outcome.GetProperty("eventId").GetString(), Is.EqualTo("e/1"));
    }

    [Test]
    public async Task An_event_nobody_reported_is_not_found_and_neither_is_one_outside_the_scope()
    {
        await using var host = await CemHost.Run();
        var programme = await DecideOnEvent.DecideOnEventTests.Arrange(host);
        await programme.Report("e1", "acme", "ann");
        var west = await programme.BoundTo("west", Scopes.EventsWrite);

        await (await programme.Api.GetAsync("/api/v1/events/crm/e2/outcome")).IsProblem(404, "event-not-found");
        await (await west.GetAsync("/api/v1/events/crm/e1/outcome")).IsProblem(404, "event-not-found");
    }
}
