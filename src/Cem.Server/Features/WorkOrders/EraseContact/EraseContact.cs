using Cem.Contracts.Customers;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.WorkOrders.EraseContact;

/// <summary>A person asked to be forgotten: alerts no longer say who raised them. The work orders stay; they are the account's.</summary>
sealed class UnlinkAlerts : IFactHandler<ContactErased>
{
    public void Handle(ContactErased fact, Tx tx) => tx.Execute(Sql.Unlink, new { fact.ContactId });
}

file static class Sql
{
    public const string Unlink = "UPDATE work_orders_alerts SET contact_id = NULL WHERE contact_id = @ContactId";
}
