using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Access.ChangePassword;

/// <summary>
/// Changes one's own password, against the present one. Every session ends, this one too: whoever else was signed in as this
/// user is out, and the new password is proved by signing in with it.
/// </summary>
/// <param name="Current">Ignored for users who came by a link and have no password yet.</param>
[Access(Staff = Roles.All)]
sealed record Request(string Current, string Password) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module()
    {
        Get("/profile/password", () => Page.Of(new View(Form.Empty)))
            .Sends<Request>();

        Post("/profile/password", (IFormCollection form, HttpContext http, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(new Request(form["current"].ToString(), form["password"].ToString()), ct);
                    SessionCookie.Clear(http);
                    return "/sign-in?done=password";
                },
                again: refused => Task.FromResult<object>(new View(refused))))
            .Sends<Request>()
            .StrictRateLimit();
    }
}

sealed record View(Form Form);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Current).MaximumLength(200);
        RuleFor(request => request.Password).IsNewPassword().NotEqual(request => request.Current);
    }
}

sealed class Handler(Db db, Passwords passwords, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var before = db.Single<Row>(Sql.Find, new { caller.Id }).PasswordHash;
        if (before is not null && passwords.Check(request.Current, before) == PasswordCheck.Wrong)
            throw Problem.Rule("/current", "wrong-password", ("This is not your present password.", "当前密码不正确。"));
        var hash = passwords.Hash(request.Password);
        return db.Write(tx =>
        {
            tx.Execute(Sql.Set, new { caller.Id, Hash = hash });
            tx.Execute(Sql.EndSessions, new { caller.Id });
            tx.Execute(Sql.DropLinks, new { caller.Id });
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "user.password-changed", new Id(caller.Id).ToString()));
            return new Response();
        }, cancellationToken);
    }
}

file sealed record Row(string? PasswordHash);

file static class Sql
{
    public const string Find = "SELECT password_hash FROM access_users WHERE id = @Id";

    public const string Set = "UPDATE access_users SET password_hash = @Hash WHERE id = @Id";

    public const string EndSessions = "DELETE FROM access_sessions WHERE user_id = @Id";

    public const string DropLinks = "DELETE FROM access_links WHERE user_id = @Id";
}
