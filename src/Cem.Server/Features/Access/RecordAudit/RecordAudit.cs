using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;

namespace Cem.Server.Features.Access.RecordAudit;

/// <summary>
/// Writes what was told into the audit trail, exactly once. The table refuses changes and deletions, so that a trail once
/// written holds against the program too.
/// </summary>
sealed class Recorder : IFactHandler<Audited>
{
    public void Handle(Audited fact, Tx tx) => tx.Execute(Sql.Record, new
    {
        Id = tx.NewId(), fact.At, ActorKind = fact.ActorKind.ToLowerInvariant(), fact.ActorId, fact.Action, fact.Subject, fact.Detail,
    });
}

file static class Sql
{
    public const string Record = """
        INSERT INTO access_audit (id, at, actor_kind, actor_id, action, subject, detail)
        VALUES (@Id, @At, @ActorKind, @ActorId, @Action, @Subject, @Detail)
        """;
}
