using Cem.Contracts.OperationalData;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.DecideOnEvent;

public sealed class DecideOnEventTests
{
    [Test]
    public async Task The_cell_of_trigger_touchpoint_and_role_decides()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Survey("other");
        await programme.Cell("other", role: "purchaser");
        await programme.Cell("other", touchpoint: "booking");
        await programme.Cell("other", touchpoint: "review", trigger: "ticket.opened");
        await programme.Report("e1", "acme", "ann", touchpoint: "support");

        var outcome = await programme.Outcome("e1");

        Assert.That(outcome.GetProperty("outcome").GetString(), Is.EqualTo("invited"), outcome.GetRawText());
        var contact = outcome.GetProperty("contacts").EnumerateArray().Single();
        Assert.That(contact.GetProperty("contact").GetString(), Is.EqualTo("ann"));
        Assert.That(contact.GetProperty("survey").GetString(), Is.EqualTo("care"));
        Assert.That(contact.GetProperty("state").GetString(), Is.EqualTo("scheduled"));
        Assert.That(contact.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(CemHost.Start.AddMinutes(60)));
    }

    [TestCase("order.placed", "support", "ann")]
    [TestCase("ticket.closed", "booking", "ann")]
    [TestCase("ticket.closed", "support", "bea", Description = "a purchaser, whom no cell asks")]
    public async Task What_no_cell_asks_about_is_written_down_as_not_matched(string type, string touchpoint, string contact)
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Contact("bea", "acme", "purchaser");
        await programme.Report("e1", "acme", contact, type, touchpoint);

        var outcome = await programme.Outcome("e1");

        Assert.That(outcome.GetProperty("outcome").GetString(), Is.EqualTo("notMatched"));
        Assert.That(outcome.GetProperty("words").GetProperty("zh-CN").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task A_cell_that_was_switched_off_asks_nobody()
    {
        await using var host = await CemHost.Run();
        var programme = await Programme.Start(host);
        await programme.Account("acme");
        await programme.Contact("ann", "acme");
        await programme.Survey("care");
        await programme.Cell("care", active: false);
        await programme.Report("e1", "acme", "ann");

        Assert.That((await programme.Outcome("e1")).GetProperty("outcome").GetString(), Is.EqualTo("notMatched"));
    }

    [TestCase("no-consent")]
    [TestCase("do-not-survey")]
    [TestCase("no-address")]
    [TestCase("too-old")]
    [TestCase("survey-not-published")]
    [TestCase("not-sampled")]
    public async Task Whoever_is_not_asked_has_a_written_reason(string reason)
    {
        await using var host = await CemHost.Run();
        var programme = await Programme.Start(host);
        await programme.Account("acme");
        await programme.Survey("care", published: reason != "survey-not-published");
        await programme.Cell("care", sampling: reason == "not-sampled" ? 1e-9 : 1);
        await programme.Contact("ann", "acme", consent: reason != "no-consent", doNotSurvey: reason == "do-not-survey", email: reason == "no-address" ? null : "a@example.com");
        await programme.Report("e1", "acme", "ann", at: reason == "too-old" ? CemHost.Start.AddDays(-14).AddMilliseconds(-1) : CemHost.Start.AddDays(-14));

        var outcome = await programme.Outcome("e1");

        Assert.That(outcome.GetProperty("outcome").GetString(), Is.EqualTo("suppressed"));
        Assert.That(outcome.GetProperty("reason").GetString(), Is.EqualTo(reason));
        Assert.That(outcome.GetProperty("contacts")[0].GetProperty("words").GetProperty("en").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task Without_a_contact_those_of_the_role_are_asked_decision_makers_first_within_the_budget()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Cell("care", role: "decisionMaker", delay: 60);
        foreach (var user in (string[])["ben", "cid"])
            await programme.Contact(user, "acme");
        await programme.Contact("bea", "acme", "purchaser");
        await programme.Contact("silent", "acme", "decisionMaker", consent: false);
        await programme.Contact("boss", "acme", "decisionMaker");
        await programme.Report("e1", "acme");

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])
            ["silent suppressed no-consent", "boss scheduled", "ann scheduled", "ben scheduled", "cid suppressed account-budget"]));
    }

    [Test]
    public async Task An_event_told_twice_is_decided_once()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();

        await host.Store.Write(tx => tx.Tell(new EventReceived(tx.Single<long>("SELECT id FROM operational_data_v_events"), "ticket.closed")));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann scheduled"]));
    }

    [Test]
    public async Task An_event_that_is_late_is_asked_about_at_once_and_one_ahead_of_time_after_it_happened()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Contact("ben", "acme");
        await programme.Report("late", "acme", "ann", at: CemHost.Start.AddDays(-2));
        await programme.Report("ahead", "acme", "ben", at: CemHost.Start.AddHours(5));

        var late = await programme.Outcome("late");
        var ahead = await programme.Outcome("ahead");

        Assert.That(late.GetProperty("contacts")[0].GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(CemHost.Start));
        Assert.That(ahead.GetProperty("contacts")[0].GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(CemHost.Start.AddHours(6)));
    }

    internal static async Task<Programme> Arrange(CemHost host)
    {
        var programme = await Programme.Start(host);
        await programme.Account("acme");
        await programme.Contact("ann", "acme");
        await programme.Survey("care");
        await programme.Cell("care", delay: 60);
        return programme;
    }
}
