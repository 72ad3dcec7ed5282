using Cem.Contracts.Customers;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.OperationalData.EraseContact;

/// <summary>
/// A person asked to be forgotten: what happened stays, as something that happened to the account; who it happened to goes, and
/// what the source told of it beside, for that may name them.
/// </summary>
sealed class UnlinkEvents : IFactHandler<ContactErased>
{
    public void Handle(ContactErased fact, Tx tx)
    {
        tx.Execute(Sql.UnlinkEvents, new { fact.ContactId });
        tx.Execute(Sql.UnlinkRows, new { fact.ContactId });
    }
}

file static class Sql
{
    public const string UnlinkEvents = "UPDATE operational_data_events SET contact_id = NULL, attributes = '{}' WHERE contact_id = @ContactId";

    public const string UnlinkRows = "UPDATE operational_data_rows SET contact_id = NULL, attributes = '{}' WHERE contact_id = @ContactId";
}
