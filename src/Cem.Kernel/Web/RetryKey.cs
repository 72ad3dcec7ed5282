using Cem.Kernel.Data;

namespace Cem.Kernel.Web;

/// <summary>
/// The Idempotency-Key of the current request. The answer of the write that has the request's own answer type is stored
/// in the same transaction as its effect; a repeated call gets that answer instead of a second effect, for 72 hours.
/// </summary>
public sealed class RetryKey
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(72);

    Type? answer;
    string? key;
    string? hash;
    long caller;

    /// <summary>The header's value, put here by the web layer.</summary>
    public string? Header { get; set; }

    /// <summary>The address it was sent to; another address is another request.</summary>
    public string Target { get; set; } = "";

    internal void Begin(long callerId, string requestHash, Type answerType)
    {
        key = Header;
        caller = callerId;
        hash = requestHash;
        answer = answerType;
    }

    internal bool Covers<T>() => key is not null && answer == typeof(T);

    internal T Once<T>(Tx tx, Func<Tx, T> work)
    {
        if (tx.Prepare(Sql.Find).Find(row => new Stored(row.Text(0), row.Text(1)), caller, key, tx.Now - Kept) is { } stored)
            return stored.RequestHash == hash
                ? Json.Read<T>(stored.Answer)
                : throw Problem.Rule("Idempotency-Key", "idempotency-key-reused",
                    ("This Idempotency-Key was used with another body. Use a new key for a new request.", "该 Idempotency-Key 已用于其他请求内容，请使用新的密钥。"));
        var result = work(tx);
        tx.Prepare(Sql.Store).Run(tx.NewId(), caller, key, hash, Json.Write(result), tx.Now);
        return result;
    }

    sealed record Stored(string RequestHash, string Answer);

    static class Sql
    {
        public const string Find = """
            SELECT request_hash, answer FROM kernel_retries
            WHERE caller = @Caller AND key = @Key AND stored_at > @Since
            """;

        public const string Store = """
            INSERT INTO kernel_retries (id, caller, key, request_hash, answer, stored_at) VALUES (@Id, @Caller, @Key, @Hash, @Answer, @Now)
            ON CONFLICT (caller, key) DO UPDATE SET request_hash = excluded.request_hash, answer = excluded.answer, stored_at = excluded.stored_at
            """;
    }
}
