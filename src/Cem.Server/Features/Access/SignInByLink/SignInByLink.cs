using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.SignInByLink;

/// <summary>
/// Signs in the holder of a one-time link. Opening the link only shows a button: mail scanners and previews open links, and
/// must not use it up.
/// </summary>
[Access(Anyone = true)]
sealed record Request(string Device, string Address) : IRequest<Response>
{
    [JsonIgnore]
    public string Secret { get; init; } = "";
}

/// <param name="Session">The secret of the new session, for the cookie.</param>
sealed record Response(string Session, string Language, string Theme);

sealed class Module : Routes
{
    public Module()
    {
        Get("/sign-in/link/{secret}", (string secret) => Page.Of(new View(secret)))
            .Sends<Request>();

        Post("/sign-in/link/{secret}", async (string secret, HttpContext http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(http.Request.Headers.UserAgent.ToString(), http.Connection.RemoteIpAddress?.ToString() ?? "") { Secret = secret }, ct);
                SessionCookie.Set(http, response.Session);
                Preferences.Keep(http.Response, response.Language, response.Theme);
                return TypedResults.LocalRedirect("/");
            })
            .Sends<Request>()
            .RateLimit(RateLimits.Strict);
    }
}

sealed record View(string Secret);

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var user = tx.Find<long?>(Sql.UseLink, new { Hash = Secret.Hash(request.Secret), tx.Now }) ?? throw Problem.NotFound("link-not-found",
            ("This link has been used, replaced, or is too old.", "此链接已被使用、已被替换或已过期。"));
        var secret = Secret.New();
        tx.Execute(Sql.EndSession, new { caller.Session });
        tx.Execute(Sql.StartSession, new { Id = tx.NewId(), User = user, Hash = Secret.Hash(secret), request.Device, request.Address, tx.Now });
        var own = tx.Single<Row>(Sql.Join, new { User = user, tx.Now });
        tx.Tell(new Audited(tx.Now, user, "staff", "user.signed-in", new Id(user).ToString(), Json.Write(new { by = "link", request.Address })));
        return new Response(secret, own.Language, own.Theme);
    }, cancellationToken);
}

file sealed record Row(string Language, string Theme);

file static class Sql
{
    public const string UseLink = """
        DELETE FROM access_links
        WHERE secret_hash = @Hash AND kind = 'sign-in' AND expires_at > @Now
          AND user_id IN (SELECT id FROM access_users WHERE active = 1)
        RETURNING user_id
        """;

    public const string EndSession = "DELETE FROM access_sessions WHERE id = @Session";

    public const string StartSession = """
        INSERT INTO access_sessions (id, user_id, secret_hash, device, address, started_at, seen_at)
        VALUES (@Id, @User, @Hash, substr(@Device, 1, 200), @Address, @Now, @Now)
        """;

    public const string Join = """
        UPDATE access_users SET joined_at = COALESCE(joined_at, @Now), last_seen_at = @Now WHERE id = @User
        RETURNING language, theme
        """;
}
