using Cem.Contracts.OperationalData;
using Cem.Kernel.Messaging;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cem.Tests.Features.Invitations.SendDue;

public sealed class SendDueTests
{
    [Test]
    public async Task When_its_delay_has_run_out_an_invitation_is_mailed_once()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host, delay: 60);
        await programme.Report("e1", "acme", "ann");
        await host.Advance(TimeSpan.FromMinutes(59));
        Assert.That(programme.Mails(), Is.Empty);

        await host.Advance(TimeSpan.FromMinutes(1));
        await host.Advance(TimeSpan.FromMinutes(1));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann sent"]));
        Assert.That(programme.Mails().Single().ToAddress, Is.EqualTo("ann@example.com"));
        Assert.That(Directory.GetFiles(Path.Combine(host.DataFolder, "outbox")), Has.Length.EqualTo(1));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_facts WHERE name = 'InvitationSent'")), Is.EqualTo(1));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT survey_version FROM invitations_v_invitations")), Is.EqualTo(1));
    }

    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task The_mail_speaks_the_contacts_language(string language)
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Put("/api/v1/contacts/lv", new { account = "acme", name = "<b>{{Lü}}", role = "user", language, consent = new { contact = true }, email = "lv@example.com" });
        await programme.Report("e1", "acme", "lv");

        await host.Settle();

        var mail = programme.Mails().Single();
        Snapshot.Matches($"{mail.Subject}\n{mail.Headers}\n\n{mail.Text}\n\n{mail.Html}", "html", language);
    }

    [Test]
    public async Task The_secret_stands_in_the_mail_only()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Report("e1", "acme", "ann");

        await host.Settle();

        var secret = programme.Mails().Single().Secret;
        Assert.That(secret, Has.Length.EqualTo(32));
        var link = host.Store.Read(reader => reader.Single<Link>("SELECT secret_hash, state, channel, language FROM invitations_v_links"));
        Assert.That(link, Is.EqualTo(new Link(Cem.Kernel.Security.Secret.Hash(secret), "sent", "email", "en")));
    }

    [Test]
    public async Task Of_two_due_together_for_one_contact_only_one_goes()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host, delay: 60);
        await programme.Report("e1", "acme", "ann");
        await programme.Report("e2", "acme", "ann");
        await host.Settle();

        await host.Advance(TimeSpan.FromHours(1));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann sent"]));
        Assert.That(await programme.Fates("e2"), Is.EqualTo((string[])["ann suppressed clock-touchpoint"]));
    }

    [Test]
    public async Task Of_four_due_together_in_one_account_three_go()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host, delay: 60);
        foreach (var user in (string[])["ben", "cid", "dan"])
            await programme.Contact(user, "acme");
        foreach (var user in (string[])["ann", "ben", "cid", "dan"])
            await programme.Report(user, "acme", user);
        await host.Settle();

        await host.Advance(TimeSpan.FromHours(1));

        Assert.That(programme.Mails(), Has.Count.EqualTo(3));
        Assert.That(await programme.Fates("dan"), Is.EqualTo((string[])["dan suppressed account-budget"]));
    }

    [TestCase(-1, "ann suppressed clock-touchpoint")]
    [TestCase(0, "ann sent")]
    public async Task The_clock_ends_exactly_thirty_days_after_the_last_was_sent(int milliseconds, string fate)
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        host.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMilliseconds(milliseconds));

        await programme.Report("e2", "acme", "ann");

        Assert.That(await programme.Fates("e2"), Is.EqualTo((string[])[fate]));
    }

    [Test]
    public async Task Touchpoint_and_relationship_surveys_have_clocks_of_their_own()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Survey("relation", "relationship");
        await programme.Cell("relation", "review", trigger: "year.over");
        await programme.Report("e1", "acme", "ann");
        await host.Settle();

        await programme.Report("e2", "acme", "ann", "year.over");
        Assert.That(await programme.Fates("e2"), Is.EqualTo((string[])["ann sent"]));
        await host.Advance(TimeSpan.FromDays(31));
        await programme.Report("e3", "acme", "ann");
        await programme.Report("e4", "acme", "ann", "year.over");

        Assert.That(await programme.Fates("e3"), Is.EqualTo((string[])["ann sent"]));
        Assert.That(await programme.Fates("e4"), Is.EqualTo((string[])["ann suppressed clock-relationship"]));
    }

    [Test]
    public async Task What_changed_during_the_delay_counts()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host, delay: 60);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        await programme.Contact("ann", "acme", consent: false);

        await host.Advance(TimeSpan.FromHours(1));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann suppressed no-consent"]));
        Assert.That(programme.Mails(), Is.Empty);
    }

    [Test]
    public async Task What_lay_too_long_while_the_server_was_away_is_not_sent()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host, delay: 60);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();

        await host.Advance(TimeSpan.FromDays(20));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann suppressed too-old"]));
    }

    [Test]
    public async Task By_the_channel_link_nothing_is_mailed()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host, channel: "link");
        await programme.Contact("ben", "acme", email: null);
        await programme.Report("e1", "acme", "ben");

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ben sent"]));
        Assert.That(programme.Mails(), Is.Empty);
    }

    [Test]
    public async Task A_mail_server_that_is_away_gets_the_same_mail_later_and_once()
    {
        var transport = new FailingTransport { Failures = 2 };
        await using var host = await CemHost.Run(services => services.Replace(ServiceDescriptor.Singleton<IMailTransport>(transport)));
        var programme = await Arrange(host);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann sent"]));

        for (var i = 0; i < 5; i++)
            await host.Advance(TimeSpan.FromMinutes(5));

        Assert.That(transport.Delivered, Has.Count.EqualTo(1));
        Assert.That(transport.Delivered[0].MessageId, Does.StartWith("invitation-"));
    }

    [Test]
    public async Task A_decision_that_fails_half_way_leaves_nothing_and_is_made_once_later()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Contact("ben", "acme");
        // The second contact's row breaks the write, as a crash between the two would.
        await host.Store.Write(tx => tx.Execute("""
            CREATE TRIGGER crash BEFORE INSERT ON invitations_invitations WHEN (SELECT COUNT(*) FROM invitations_invitations) = 1
            BEGIN SELECT RAISE(ABORT, 'crash'); END
            """));
        await programme.Report("e1", "acme");
        await host.Settle();
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT (SELECT COUNT(*) FROM invitations_invitations) + (SELECT COUNT(*) FROM invitations_decisions)")), Is.Zero);

        await host.Store.Write(tx => tx.Execute("DROP TRIGGER crash"));
        await host.Advance(TimeSpan.FromSeconds(10));
        await host.Store.Write(tx => tx.Tell(new EventReceived(tx.Single<long>("SELECT id FROM operational_data_v_events"), "ticket.closed")));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann sent", "ben sent"]));
        Assert.That(programme.Mails(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Twenty_equal_events_at_once_ask_once()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => programme.Report("e1", "acme", "ann")));
        await host.Settle();

        Assert.That(programme.Mails(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_invitation_that_cannot_be_made_does_not_hold_up_the_others()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host, delay: 60);
        await programme.Contact("ben", "acme");
        await programme.Report("e1", "acme", "ann");
        await programme.Report("e2", "acme", "ben");
        await host.Settle();
        await host.Store.Write(tx => tx.Execute("""
            CREATE TRIGGER crash BEFORE UPDATE OF sent_at ON invitations_invitations WHEN NEW.id = (SELECT MIN(id) FROM invitations_invitations)
            BEGIN SELECT RAISE(ABORT, 'crash'); END
            """));

        await host.Advance(TimeSpan.FromHours(1));
        Assert.That(programme.Mails().Select(mail => mail.ToAddress), Is.EqualTo((string[])["ben@example.com"]));
        await host.Store.Write(tx => tx.Execute("DROP TRIGGER crash"));
        await host.Advance(TimeSpan.FromMinutes(10));

        Assert.That(programme.Mails().Select(mail => mail.ToAddress), Is.EqualTo((string[])["ben@example.com", "ann@example.com"]));
    }

    internal static async Task<Programme> Arrange(CemHost host, int delay = 0, string channel = "email")
    {
        var programme = await Programme.Start(host);
        await programme.Account("acme");
        await programme.Contact("ann", "acme");
        await programme.Survey("care");
        await programme.Cell("care", delay: delay, channel: channel);
        return programme;
    }

    sealed record Link(string SecretHash, string State, string Channel, string Language);

    sealed class FailingTransport : IMailTransport
    {
        public int Failures { get; set; }

        public List<Mail> Delivered { get; } = [];

        public Task Deliver(Mail mail, CancellationToken ct)
        {
            if (Failures-- > 0)
                throw new IOException("The mail server is away.");
            Delivered.Add(mail);
            return Task.CompletedTask;
        }
    }
}
