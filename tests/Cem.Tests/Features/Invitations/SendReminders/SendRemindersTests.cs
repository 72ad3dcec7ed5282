using Cem.Contracts.Responses;
using Cem.Tests.Features.Invitations.SendDue;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.SendReminders;

public sealed class SendRemindersTests
{
    [Test]
    public async Task Nobody_is_reminded_unless_the_rules_say_so()
    {
        await using var host = await CemHost.Run();
        var programme = await Sent(host);

        await host.Advance(TimeSpan.FromDays(10));

        Assert.That(programme.Mails("survey-reminder"), Is.Empty);
    }

    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task An_unanswered_invitation_is_reminded_of_once_with_a_link_of_its_own(string language)
    {
        await using var host = await CemHost.Run();
        var programme = await Sent(host, language);
        await programme.Rules(reminderDays: 7);

        await host.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.That(programme.Mails("survey-reminder"), Is.Empty);
        await host.Advance(TimeSpan.FromSeconds(1));
        await host.Advance(TimeSpan.FromDays(8));

        var mail = programme.Mails("survey-reminder").Single();
        Snapshot.Matches($"{mail.Subject}\n{mail.Headers}\n\n{mail.Text}\n\n{mail.Html}", "html", language);
        Assert.That(mail.Secret, Is.Not.EqualTo(programme.Mails().Single().Secret));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(DISTINCT secret_hash) FROM invitations_v_links")), Is.EqualTo(2));
    }

    [Test]
    public async Task Whoever_has_answered_or_withdrawn_consent_is_not_reminded()
    {
        await using var host = await CemHost.Run();
        var programme = await Sent(host);
        await programme.Contact("ben", "acme");
        await programme.Report("e2", "acme", "ben");
        await host.Settle();
        await programme.Rules(reminderDays: 7);
        await host.Store.Write(tx => tx.Tell(new ResponseCompleted(1, tx.Single<long>("SELECT id FROM invitations_v_invitations ORDER BY id LIMIT 1"))));
        await programme.Contact("ben", "acme", consent: false);

        await host.Advance(TimeSpan.FromDays(7));

        Assert.That(programme.Mails("survey-reminder"), Is.Empty);
        Assert.That(host.Store.Read(reader => reader.Query<string?>("SELECT reminder_reason FROM invitations_invitations ORDER BY id")), Is.EqualTo((string?[])[null, "no-consent"]));
    }

    static async Task<Programme> Sent(CemHost host, string language = "en")
    {
        var programme = await SendDueTests.Arrange(host);
        await programme.Contact("ann", "acme", language: language);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        return programme;
    }
}
