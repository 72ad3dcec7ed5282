using Cem.Contracts.Responses;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.Invitations.RecordAnswer;

/// <summary>Follows an invitation from its first page to its complete answer; an answer that comes late still counts, and
/// one that comes before the mail spares the contact the mail.</summary>
sealed class Handler : IFactHandler<ResponseStarted>, IFactHandler<ResponseCompleted>
{
    public void Handle(ResponseStarted fact, Tx tx) => tx.Execute(Sql.MarkPartial, new { fact.InvitationId });

    public void Handle(ResponseCompleted fact, Tx tx)
    {
        if (fact.InvitationId is { } invitation)
            tx.Execute(Sql.MarkCompleted, new { Invitation = invitation, tx.Now });
    }
}

file static class Sql
{
    public const string MarkPartial = "UPDATE invitations_invitations SET state = 'partial' WHERE id = @InvitationId AND state IN ('sent', 'opened')";

    public const string MarkCompleted = """
        UPDATE invitations_invitations SET state = 'completed', completed_at = @Now
        WHERE id = @Invitation AND state IN ('scheduled', 'sent', 'opened', 'partial', 'expired')
        """;
}
