using Cem.Contracts.Responses;
using Cem.Tests.Features.Invitations.SendDue;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.RecordAnswer;

public sealed class RecordAnswerTests
{
    [Test]
    public async Task An_invitation_is_partial_after_its_first_page_and_then_completed()
    {
        await using var host = await CemHost.Run();
        var programme = await SendDueTests.Arrange(host);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        var invitation = host.Store.Read(reader => reader.Single<long>("SELECT id FROM invitations_v_invitations"));

        await host.Store.Write(tx => tx.Tell(new ResponseStarted(invitation)));
        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann partial"]));
        await host.Store.Write(tx => tx.Tell(new ResponseCompleted(1, invitation)));
        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann completed"]));
        await host.Store.Write(tx => tx.Tell(new ResponseStarted(invitation)));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann completed"]));
        Assert.That((await programme.Outcome("e1")).GetProperty("contacts")[0].GetProperty("completedAt").GetDateTimeOffset(), Is.EqualTo(CemHost.Start));
    }

    [Test]
    public async Task Who_has_answered_before_the_mail_was_due_is_not_asked_any_more()
    {
        await using var host = await CemHost.Run();
        var programme = await SendDueTests.Arrange(host, delay: 60);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        var invitation = host.Store.Read(reader => reader.Single<long>("SELECT id FROM invitations_v_invitations"));

        await host.Store.Write(tx => tx.Tell(new ResponseCompleted(1, invitation)));
        await programme.Report("e2", "acme", "ann");
        await host.Advance(TimeSpan.FromHours(1));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann completed"]));
        Assert.That(await programme.Fates("e2"), Is.EqualTo((string[])["ann suppressed clock-touchpoint"]));
        Assert.That(programme.Mails(), Is.Empty);
    }
}
