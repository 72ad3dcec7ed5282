using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Access.SignIn;

/// <summary>
/// Signs in by e-mail and password. An unknown address, a wrong password and a deactivated user get the same answer after
/// the same work. Every attempt is counted before the password is looked at, so that guesses sent at once count as well.
/// </summary>
[Access(Anyone = true)]
sealed record Request(string Email, string Password, string Device, string Address) : IRequest<Response>;

/// <param name="Session">The secret of the new session, for the cookie.</param>
sealed record Response(string Session, string Language, string Theme);

sealed class Module : Routes
{
    public Module()
    {
        Get("/sign-in", (Caller caller, string? back) => caller.Kind == CallerKind.Staff
                ? (IResult)TypedResults.LocalRedirect(Local(back))
                : Page.Of(new View(Form.Empty, Local(back))))
            .Sends<Request>();

        Post("/sign-in", (IFormCollection form, HttpContext http, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var response = await mediator.Send(new Request(form["email"].ToString().Trim(), form["password"].ToString(),
                        http.Request.Headers.UserAgent.ToString(), http.Connection.RemoteIpAddress?.ToString() ?? ""), ct);
                    SessionCookie.Set(http, response.Session);
                    Preferences.Keep(http.Response, response.Language, response.Theme);
                    return Local(form["back"]);
                },
                again: refused => Task.FromResult<object>(new View(refused, Local(form["back"])))))
            .Sends<Request>()
            .RateLimit(RateLimits.Strict);
    }

    /// <summary>Only addresses of this server are gone back to.</summary>
    static string Local(string? back) => Urls.IsLocal(back) ? back! : "/";
}

sealed record View(Form Form, string Back);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Email).NotEmpty().MaximumLength(254);
        RuleFor(request => request.Password).NotEmpty().MaximumLength(200);
    }
}

sealed class Handler(Db db, Passwords passwords, Caller caller) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(request.Email, request.Address);
        await db.Write(attempt.Count, cancellationToken);
        var user = db.Find<Row>(Sql.Find, new { request.Email });
        var check = passwords.Check(request.Password, user?.PasswordHash);
        if (user is null || check == PasswordCheck.Wrong)
        {
            await db.Write(tx => tx.Tell(new Audited(tx.Now, user?.Id ?? 0, "nobody", "user.sign-in-refused",
                user is null ? "" : new Id(user.Id).ToString(), Json.Write(new { request.Address }))), cancellationToken);
            throw Refused();
        }
        var stronger = check == PasswordCheck.RightButWeak ? passwords.Hash(request.Password) : null;
        var secret = Secret.New();
        return await db.Write(tx =>
        {
            if (tx.Execute(Sql.StartSession, new { Id = tx.NewId(), User = user.Id, Hash = Secret.Hash(secret), Old = user.PasswordHash, request.Device, request.Address, tx.Now }) == 0)
                throw Refused();
            attempt.Forgive(tx);
            tx.Execute(Sql.EndSession, new { caller.Session });
            tx.Execute(Sql.See, new { User = user.Id, Stronger = stronger, tx.Now });
            tx.Tell(new Audited(tx.Now, user.Id, "staff", "user.signed-in", new Id(user.Id).ToString(), Json.Write(new { by = "password", request.Address })));
            return new Response(secret, user.Language, user.Theme);
        }, cancellationToken);
    }

    static Problem Refused() => Problem.Rule("", "wrong-credentials", ("The e-mail address or the password is not right.", "邮箱或密码不正确。"));
}

file sealed record Row(long Id, string? PasswordHash, string Language, string Theme);

file static class Sql
{
    public const string Find = "SELECT id, password_hash, language, theme FROM access_users WHERE email = @Email AND active = 1";

    public const string EndSession = "DELETE FROM access_sessions WHERE id = @Session";

    // A user who was deactivated, or whose password changed, while it was being checked gets no session.
    public const string StartSession = """
        INSERT INTO access_sessions (id, user_id, secret_hash, device, address, started_at, seen_at)
        SELECT @Id, id, @Hash, substr(@Device, 1, 200), @Address, @Now, @Now
        FROM access_users WHERE id = @User AND active = 1 AND password_hash = @Old
        """;

    public const string See = "UPDATE access_users SET last_seen_at = @Now, password_hash = COALESCE(@Stronger, password_hash) WHERE id = @User";
}
