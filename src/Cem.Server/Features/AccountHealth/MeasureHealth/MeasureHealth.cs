using Cem.Contracts.Customers;
using Cem.Contracts.OperationalData;
using Cem.Contracts.Responses;
using Cem.Contracts.WorkOrders;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.AccountHealth.MeasureHealth;

/// <summary>
/// Measures every account once a day, for time alone changes the picture (answers grow old, renewals draw near), and again soon
/// after something happened there.
/// </summary>
sealed class Job(HealthKeeper keeper) : IJob
{
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task<bool> Run(CancellationToken ct) => keeper.CatchUp(ct);
}

sealed class AfterAnswer : IFactHandler<ResponseCompleted>
{
    public void Handle(ResponseCompleted fact, Tx tx) => tx.Prepare(Sql.Answered).Run(fact.ResponseId);
}

sealed class AfterEvent : IFactHandler<EventReceived>
{
    public void Handle(EventReceived fact, Tx tx) => tx.Prepare(Sql.Happened).Run(fact.EventId);
}

sealed class AfterImport : IFactHandler<OperationalDataImported>
{
    public void Handle(OperationalDataImported fact, Tx tx) => tx.Execute(Sql.Everybody);
}

sealed class AfterChange : IFactHandler<AccountChanged>
{
    public void Handle(AccountChanged fact, Tx tx) => tx.Prepare(Sql.One).Run(fact.AccountId);
}

sealed class AfterContactChange : IFactHandler<ContactChanged>
{
    public void Handle(ContactChanged fact, Tx tx) => tx.Prepare(Sql.One).Run(fact.AccountId);
}

sealed class AfterWorkOrder : IFactHandler<WorkOrderChanged>
{
    public void Handle(WorkOrderChanged fact, Tx tx) => tx.Prepare(Sql.Ordered).Run(fact.WorkOrderId);
}

file static class Sql
{
    public const string Answered = "UPDATE account_health_states SET due = due + 1 WHERE account_id = (SELECT account_id FROM responses_v_responses WHERE id = @Response)";

    // Only what is a report of a problem tells on the health at once; the rest is found when the day turns.
    public const string Happened = """
        UPDATE account_health_states SET due = due + 1
        WHERE account_id = (SELECT e.account_id FROM operational_data_v_events e WHERE e.id = @Event AND (e.type LIKE 'ticket.%' OR e.type LIKE 'complaint.%'))
        """;

    public const string Everybody = "UPDATE account_health_states SET due = due + 1";

    public const string One = "UPDATE account_health_states SET due = due + 1 WHERE account_id = @Account";

    public const string Ordered = "UPDATE account_health_states SET due = due + 1 WHERE account_id = (SELECT account_id FROM work_orders_v_orders WHERE id = @Order)";
}
