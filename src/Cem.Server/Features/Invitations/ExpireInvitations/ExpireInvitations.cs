using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Invitations.ExpireInvitations;

/// <summary>Closes invitations whose time is over; their links then say so.</summary>
sealed class Job(Store store, CompanyTime time) : IJob
{
    const int ChunkSize = 500;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> Run(CancellationToken ct) =>
        store.Read(reader => reader.Single<bool>(Sql.IsAnyDue, new { time.Now }))
        && await store.Write(tx => tx.Execute(Sql.Expire, new { tx.Now, Limit = ChunkSize }), ct) > 0;
}

file static class Sql
{
    public const string IsAnyDue = """
        SELECT EXISTS (SELECT 1 FROM invitations_invitations WHERE state IN ('sent', 'opened', 'partial') AND expires_at <= @Now)
        """;

    public const string Expire = """
        UPDATE invitations_invitations SET state = 'expired'
        WHERE id IN (
          SELECT id FROM invitations_invitations WHERE state IN ('sent', 'opened', 'partial') AND expires_at <= @Now
          ORDER BY expires_at, id LIMIT @Limit)
        """;
}
