using Cem.Kernel.Data;
using Cem.Kernel.Security;

namespace Cem.Server.Features.Access;

/// <summary>One session as a page lists it (<c>Partials/sessions.hbs</c>).</summary>
/// <param name="Own">Whether it is the one that asks.</param>
/// <param name="End">Where the form that ends it posts to.</param>
/// <param name="Back">The page to come back to.</param>
sealed record SessionRow(string Device, string Address, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool Own, string End, string Back);

/// <summary>The sessions of one user, the latest first.</summary>
static class SessionList
{
    public static IReadOnlyList<SessionRow> Of(Db db, long user, Caller caller, string back, DateTimeOffset now) =>
    [
        .. db.Query<Row>(Sql.Of, new { User = user, IdleSince = now - SessionCookie.Idle, Since = now - SessionCookie.Longest }).Select(row => new SessionRow(
            row.Device, row.Address, row.StartedAt, row.SeenAt, row.Id == caller.Session, $"/sessions/{row.Id}/end", back)),
    ];

    sealed record Row(Id Id, string Device, string Address, DateTimeOffset StartedAt, DateTimeOffset SeenAt);

    static class Sql
    {
        public const string Of = """
            SELECT id, device, address, started_at, seen_at FROM access_sessions
            WHERE user_id = @User AND seen_at >= @IdleSince AND started_at > @Since
            ORDER BY seen_at DESC, id DESC
            """;
    }
}
