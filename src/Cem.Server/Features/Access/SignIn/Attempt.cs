using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Access.SignIn;

/// <summary>
/// One try at a password, counted for the account (known or not) and for the address it came from. After some free tries
/// each further one locks for twice as long as the one before, up to a quarter of an hour. Counts are forgotten after a day.
/// </summary>
sealed class Attempt(string email, string address)
{
    const int FreeOfAccount = 5;
    const int FreeOfAddress = 30;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    readonly (string Subject, int Free)[] subjects =
    [
        (Secret.Hash("account:" + email.ToUpperInvariant()), FreeOfAccount), (Secret.Hash("address:" + address), FreeOfAddress),
    ];

    /// <exception cref="Problem">429: the account or the address is locked for now; this attempt does not count.</exception>
    public void Count(Tx tx)
    {
        foreach (var (subject, _) in subjects)
            if (tx.Find<Row>(Sql.Find, new { Subject = subject, Since = tx.Now - SignInMemory.Remembered }) is { } row && row.LockedUntil > tx.Now)
                throw Locked(row.LockedUntil - tx.Now);
        tx.Execute(Sql.Forget, new { Since = tx.Now - SignInMemory.Remembered });
        foreach (var (subject, free) in subjects)
        {
            var failures = tx.Single<int>(Sql.Count, new { Subject = subject, tx.Now });
            if (failures >= free)
                tx.Execute(Sql.Lock, new { Subject = subject, Until = tx.Now + Pause(failures - free) });
        }
    }

    /// <summary>It was right: the account starts afresh; of the address only this attempt is taken back.</summary>
    public void Forgive(Tx tx)
    {
        tx.Execute(Sql.Clear, new { subjects[0].Subject });
        tx.Execute(Sql.TakeBack, new { subjects[1].Subject });
    }

    /// <summary>The pause after the n-th failure beyond the free ones.</summary>
    internal static TimeSpan Pause(int beyond) =>
        beyond >= 10 || FirstPause * (1 << beyond) > LongestPause ? LongestPause : FirstPause * (1 << beyond);

    static Problem Locked(TimeSpan left)
    {
        var minutes = (int)Math.Ceiling(left.TotalMinutes);
        return Problem.TooMany(left, ($"Too many failed attempts. Try again in {minutes} min.", $"失败次数过多，请在 {minutes} 分钟后重试。"));
    }

    sealed record Row(DateTimeOffset LockedUntil);

    static class Sql
    {
        public const string Find = "SELECT locked_until FROM access_attempts WHERE subject = @Subject AND last_at > @Since";

        public const string Forget = "DELETE FROM access_attempts WHERE last_at <= @Since";

        public const string Count = """
            INSERT INTO access_attempts (subject, failures, locked_until, last_at) VALUES (@Subject, 1, 0, @Now)
            ON CONFLICT (subject) DO UPDATE SET failures = failures + 1, last_at = excluded.last_at
            RETURNING failures
            """;

        public const string Lock = "UPDATE access_attempts SET locked_until = @Until WHERE subject = @Subject";

        public const string Clear = "DELETE FROM access_attempts WHERE subject = @Subject";

        public const string TakeBack = "UPDATE access_attempts SET failures = failures - 1, locked_until = 0 WHERE subject = @Subject";
    }
}
