using System.Collections.Concurrent;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Access.AuthenticateSession;

/// <summary>
/// Tells whose session a page's request carries. Every request reads the session anew, by one indexed look-up: what was
/// ended, and who was deactivated or given another role, is so from the next click on.
/// </summary>
sealed class SessionCallers(Store store, TimeProvider clock) : ICallerSource
{
    readonly ConcurrentDictionary<long, DateTimeOffset> seen = new();

    public bool ForApi => false;

    public Caller? Find(HttpContext context)
    {
        if (SessionCookie.Read(context.Request) is not { } secret)
            return null;
        var now = clock.GetUtcNow();
        var row = store.Read(reader => reader.Find<Row>(Sql.Find, new { Hash = Secret.Hash(secret), Since = now - SessionCookie.Longest }));
        if (row is null || now - LastSeen(row) > SessionCookie.Idle)
            return null;
        seen[row.Id] = now;
        return new Caller(CallerKind.Staff, row.UserId, row.Name, row.Role, [], row.OrgUnitId, row.Language) { Session = row.Id };
    }

    /// <summary>The sessions seen since the last call, with when; for the record of their last use.</summary>
    public IReadOnlyList<KeyValuePair<long, DateTimeOffset>> TakeSeen() => [.. seen.Where(seen.TryRemove)];

    DateTimeOffset LastSeen(Row row) => seen.TryGetValue(row.Id, out var at) && at > row.SeenAt ? at : row.SeenAt;

    sealed record Row(long Id, long UserId, DateTimeOffset SeenAt, string Name, Roles Role, long OrgUnitId, string Language);

    static class Sql
    {
        public const string Find = """
            SELECT s.id, s.user_id, s.seen_at, u.name, u.role, u.org_unit_id, u.language
            FROM access_sessions s JOIN access_users u ON u.id = s.user_id
            WHERE s.secret_hash = @Hash AND s.started_at > @Since AND u.active = 1
            """;
    }
}

/// <summary>Writes down, once a minute, when sessions were last used, and clears away those that are over.</summary>
sealed class RecordUse(Store store, SessionCallers sessions, TimeProvider clock) : IJob
{
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var seen = sessions.TakeSeen();
        var now = clock.GetUtcNow();
        var over = new { IdleSince = now - SessionCookie.Idle, Since = now - SessionCookie.Longest };
        if (seen.Count == 0 && !store.Read(reader => reader.Single<bool>(Sql.AnyOver, over)))
            return false;
        await store.Write(tx =>
        {
            foreach (var (session, at) in seen)
                tx.Execute(Sql.See, new { Session = session, At = at });
            tx.Execute(Sql.ClearSessions, over);
        }, ct);
        return false;
    }

    static class Sql
    {
        public const string See = """
            UPDATE access_sessions SET seen_at = MAX(seen_at, @At) WHERE id = @Session;
            UPDATE access_users SET last_seen_at = @At WHERE id = (SELECT user_id FROM access_sessions WHERE id = @Session)
            """;

        public const string AnyOver = "SELECT EXISTS (SELECT 1 FROM access_sessions WHERE seen_at < @IdleSince OR started_at < @Since)";

        public const string ClearSessions = "DELETE FROM access_sessions WHERE seen_at < @IdleSince OR started_at < @Since";
    }
}
