using Cem.Contracts.Customers;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Server.Features.Invitations.Rules;

namespace Cem.Server.Features.Invitations.EraseContact;

/// <summary>
/// Forgets a person: what was to be sent is not, links stop working, and invitations no longer name the contact. The rows
/// stay, because they say how many were asked.
/// </summary>
sealed class Handler : IFactHandler<ContactErased>
{
    public void Handle(ContactErased fact, Tx tx)
    {
        tx.Execute(Sql.RemoveLinks, new { fact.ContactId });
        tx.Execute(Sql.Suppress, new { fact.ContactId, Reason = Reasons.Erased });
        tx.Execute(Sql.Unlink, new { fact.ContactId });
        tx.Execute(Sql.ForgetUnsubscription, new { fact.ContactId });
    }
}

file static class Sql
{
    public const string RemoveLinks = """
        DELETE FROM invitations_links WHERE invitation_id IN (SELECT id FROM invitations_invitations WHERE contact_id = @ContactId)
        """;

    public const string Suppress = """
        UPDATE invitations_invitations SET state = 'suppressed', reason = @Reason, due_at = NULL WHERE contact_id = @ContactId AND state = 'scheduled'
        """;

    public const string Unlink = "UPDATE invitations_invitations SET contact_id = NULL WHERE contact_id = @ContactId";

    public const string ForgetUnsubscription = "DELETE FROM invitations_unsubscribed WHERE contact_id = @ContactId";
}
