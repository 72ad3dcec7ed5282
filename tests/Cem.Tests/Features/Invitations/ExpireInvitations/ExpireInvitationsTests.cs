using Cem.Tests.Features.Invitations.SendDue;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.ExpireInvitations;

public sealed class ExpireInvitationsTests
{
    [Test]
    public async Task An_unanswered_invitation_expires_after_thirty_days()
    {
        await using var host = await CemHost.Run();
        var programme = await SendDueTests.Arrange(host);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();

        await host.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann sent"]));
        await host.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await programme.Fates("e1"), Is.EqualTo((string[])["ann expired"]));
    }
}
