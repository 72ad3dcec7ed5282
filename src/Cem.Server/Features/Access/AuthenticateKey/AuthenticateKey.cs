using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Access.AuthenticateKey;

/// <summary>
/// Tells which key a call carries, as <c>Authorization: Bearer</c> or <c>X-Api-Key</c>. A key is remembered for a few
/// seconds, so that a busy CRM does not read the database on every call; a key that was revoked is forgotten at once.
/// </summary>
sealed class KeyCallers(Store store, TimeProvider clock, KeyMemory memory) : ICallerSource
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, Known> known = new();

    public bool ForApi => true;

    public Caller? Find(HttpContext context)
    {
        if (Read(context.Request) is not { } key || key.Split('_') is not ["cem", var publicId, var secret])
            return null;
        var now = clock.GetUtcNow();
        // Read before the database is: what changes in between is forgotten by the next call.
        var generation = memory.Generation;
        if (!known.TryGetValue(publicId, out var found) || now - found.At > Remembered || found.Generation != generation)
        {
            if (Look(publicId) is not { } row)
                return null;
            known[publicId] = found = new Known(row, now, generation);
        }
        return found.Row.RevokedAt is null && !(found.Row.ExpiresAt <= now) && Fits(secret, found.Row.SecretHash)
            ? ActingFor(context.Request) is { } person ? found.Caller with { Name = person } : found.Caller
            : null;
    }

    /// <summary>The keys seen since the last call, with when; for the record of their last use.</summary>
    public IReadOnlyList<(long Key, DateTimeOffset At)> TakeUsed() =>
        [.. known.Values.Where(found => found.TakeUnwritten()).Select(found => (found.Row.Id, found.At))];

    static string? Read(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : request.Headers["X-Api-Key"] is { Count: 1 } own ? own.ToString().Trim() : null;

    /// <summary>The person a CRM acts for, as <c>X-Acting-For</c> (percent-encoded UTF-8), so that histories name people and not programs.</summary>
    static string? ActingFor(HttpRequest request) =>
        request.Headers["X-Acting-For"] is { Count: 1 } header && header.ToString() is { Length: > 0 and <= 300 } name ? Uri.UnescapeDataString(name) : null;

    static bool Fits(string secret, string hash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Secret.Hash(secret)), Encoding.ASCII.GetBytes(hash));

    Row? Look(string publicId) => store.Read(reader => reader.Find<Row>(Sql.Find, new { PublicId = publicId }));

    sealed class Known(Row row, DateTimeOffset at, long generation)
    {
        int unwritten = 1;

        public Row Row => row;

        public DateTimeOffset At => at;

        public long Generation => generation;

        public Caller Caller { get; } = new(CallerKind.Key, row.Id, row.Name, Roles.None, row.Scopes, row.OrgUnitId, Languages.English);

        public bool TakeUnwritten() => Interlocked.Exchange(ref unwritten, 0) == 1;
    }

    sealed record Row(long Id, string Name, string SecretHash, string[] Scopes, long OrgUnitId, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

    static class Sql
    {
        public const string Find = """
            SELECT id, name, secret_hash, scopes, org_unit_id, expires_at, revoked_at FROM access_keys WHERE public_id = @PublicId
            """;
    }
}

/// <summary>Writes down, once a minute, when keys were last used.</summary>
sealed class RecordUse(Store store, KeyCallers keys) : IJob
{
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> Run(CancellationToken ct)
    {
        var used = keys.TakeUsed();
        if (used.Count > 0)
            await store.Write(tx =>
            {
                foreach (var (key, at) in used)
                    tx.Execute("UPDATE access_keys SET last_used_at = @At WHERE id = @Key", new { Key = key, At = at });
            }, ct);
        return false;
    }
}
