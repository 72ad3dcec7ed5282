using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Access;

/// <summary>
/// Links that work once: <c>set-up</c> (no user yet), <c>password</c> (to choose one: invitation and reset) and
/// <c>sign-in</c>. Kept as the hash of their secret; a new one replaces the one before.
/// </summary>
static class OneTimeLink
{
    public const string SetUp = "set-up";
    public const string Password = "password";
    public const string SignIn = "sign-in";

    /// <returns>The link's secret.</returns>
    public static string Make(Tx tx, string kind, long? user, TimeSpan valid)
    {
        var secret = Secret.New();
        tx.Execute(Sql.Replace, new { Kind = kind, User = user });
        tx.Execute(Sql.Make, new { Id = tx.NewId(), Kind = kind, User = user, Hash = Secret.Hash(secret), tx.Now, Expires = tx.Now + valid });
        return secret;
    }

    /// <summary>Whose link it is; looking does not use it up.</summary>
    /// <exception cref="Problem">404: it has been used or replaced, is too old, or its user was deactivated.</exception>
    public static long Find(Db db, string kind, string secret, DateTimeOffset now) =>
        db.Find<long?>(Sql.Find, new { Kind = kind, Hash = Secret.Hash(secret), Now = now }) ?? throw Gone();

    /// <summary>Uses the link up.</summary>
    /// <inheritdoc cref="Find"/>
    public static long Use(Tx tx, string kind, string secret) =>
        tx.Find<long?>(Sql.Use, new { Kind = kind, Hash = Secret.Hash(secret), tx.Now }) ?? throw Gone();

    static Problem Gone() => Problem.NotFound("link-not-found", ("This link has been used, replaced, or is too old.", "此链接已被使用、已被替换或已过期。"));

    static class Sql
    {
        public const string Replace = "DELETE FROM access_links WHERE kind = @Kind AND COALESCE(user_id, 0) = COALESCE(@User, 0)";

        public const string Make = """
            INSERT INTO access_links (id, kind, user_id, secret_hash, made_at, expires_at) VALUES (@Id, @Kind, @User, @Hash, @Now, @Expires)
            """;

        public const string Find = """
            SELECT COALESCE(l.user_id, 0) FROM access_links l LEFT JOIN access_users u ON u.id = l.user_id
            WHERE l.secret_hash = @Hash AND l.kind = @Kind AND l.expires_at > @Now AND COALESCE(u.active, 1) = 1
            """;

        public const string Use = """
            DELETE FROM access_links
            WHERE secret_hash = @Hash AND kind = @Kind AND expires_at > @Now
              AND (user_id IS NULL OR user_id IN (SELECT id FROM access_users WHERE active = 1))
            RETURNING COALESCE(user_id, 0)
            """;
    }
}
