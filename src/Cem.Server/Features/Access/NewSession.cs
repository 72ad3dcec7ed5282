using Cem.Kernel.Data;
using Cem.Kernel.Security;

namespace Cem.Server.Features.Access;

/// <summary>
/// What a sign-in begins, for the browser to keep. It always has a secret of its own, so that nobody can plant one before.
/// </summary>
/// <param name="Secret">For the cookie.</param>
sealed record NewSession(string Secret, string Language, string Theme)
{
    /// <summary>Starts a session of an active user, and ends the one this browser had.</summary>
    public static NewSession Start(Tx tx, long user, Visitor visitor, long before)
    {
        var secret = Kernel.Security.Secret.New();
        tx.Execute(Sql.End, new { Session = before });
        tx.Execute(Sql.Start, new { Id = tx.NewId(), User = user, Hash = Kernel.Security.Secret.Hash(secret), visitor.Device, visitor.Address, tx.Now });
        var own = tx.Single<Row>(Sql.Join, new { User = user, tx.Now });
        return new NewSession(secret, own.Language, own.Theme);
    }

    /// <summary>Gives the browser its cookies.</summary>
    public void Keep(HttpContext http)
    {
        SessionCookie.Set(http, Secret);
        Kernel.Web.Preferences.Keep(http.Response, Language, Theme);
    }

    sealed record Row(string Language, string Theme);

    static class Sql
    {
        public const string End = "DELETE FROM access_sessions WHERE id = @Session";

        public const string Start = """
            INSERT INTO access_sessions (id, user_id, secret_hash, device, address, started_at, seen_at)
            VALUES (@Id, @User, @Hash, substr(@Device, 1, 200), @Address, @Now, @Now)
            """;

        public const string Join = """
            UPDATE access_users SET joined_at = COALESCE(joined_at, @Now), last_seen_at = @Now WHERE id = @User
            RETURNING language, theme
            """;
    }
}

/// <summary>Where somebody knocks from, for the list of sessions and the trail.</summary>
/// <param name="Device">What the browser says of itself.</param>
sealed record Visitor(string Device, string Address)
{
    public static Visitor Of(HttpContext http) => new(http.Request.Headers.UserAgent.ToString(), http.Connection.RemoteIpAddress?.ToString() ?? "");
}
