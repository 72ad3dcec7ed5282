using System.Globalization;
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
sealed record Request(string Email, string Password, Visitor Visitor) : IRequest<NewSession>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/sign-in", (Caller caller, string? back) => caller.Kind == CallerKind.Staff
                ? (IResult)TypedResults.LocalRedirect(Local(back))
                : Page.Of(new View(Form.Empty, Local(back))))
            .Sends<Request>();

        Post("/sign-in", (IFormCollection form, HttpContext http, IMediator mediator, TimeProvider clock, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async Task<IResult> () =>
                {
                    try
                    {
                        (await mediator.Send(new Request(form["email"].ToString().Trim(), form["password"].ToString(), Visitor.Of(http)), ct)).Keep(http);
                        return TypedResults.LocalRedirect(Local(form["back"]));
                    }
                    catch (Problem locked) when (locked.RetryAfter is { } left)
                    {
                        http.Response.Headers.RetryAfter = Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                        return Page.Of(new LockedView(clock.GetUtcNow() + left, Local(form["back"])), "Locked", StatusCodes.Status429TooManyRequests);
                    }
                },
                again: refused => Task.FromResult<object>(new View(refused, Local(form["back"])))))
            .Sends<Request>()
            .StrictRateLimit();
    }

    /// <summary>Only addresses of this server are gone back to.</summary>
    static string Local(string? back) => Urls.IsLocal(back) ? back! : "/";
}

sealed record View(Form Form, string Back);

/// <param name="Until">When the next attempt is taken.</param>
sealed record LockedView(DateTimeOffset Until, string Back);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Email).NotEmpty().MaximumLength(254);
        RuleFor(request => request.Password).NotEmpty().MaximumLength(200);
    }
}

sealed class Handler(Db db, Passwords passwords, Caller caller) : IRequestHandler<Request, NewSession>
{
    public async Task<NewSession> Handle(Request request, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(request.Email, request.Visitor.Address);
        await db.Write(attempt.Count, cancellationToken);
        var user = db.Find<Row>(Sql.Find, new { request.Email });
        var check = passwords.Check(request.Password, user?.PasswordHash);
        if (user is null || check == PasswordCheck.Wrong)
        {
            await db.Write(tx => tx.Tell(new Audited(tx.Now, 0, "nobody", "user.sign-in-refused",
                user is null ? "" : new Id(user.Id).ToString(), Json.Write(new { request.Visitor.Address }))), cancellationToken);
            throw Refused();
        }
        var hash = check == PasswordCheck.RightButWeak ? passwords.Hash(request.Password) : user.PasswordHash;
        return await db.Write(tx =>
        {
            if (tx.Execute(Sql.Admit, new { user.Id, Old = user.PasswordHash, Hash = hash }) == 0)
                throw Refused();
            attempt.Forgive(tx);
            tx.Tell(new Audited(tx.Now, user.Id, "staff", "user.signed-in", new Id(user.Id).ToString(), Json.Write(new { by = "password", request.Visitor.Address })));
            return NewSession.Start(tx, user.Id, request.Visitor, caller.Session);
        }, cancellationToken);
    }

    static Problem Refused() => Problem.Rule("", "wrong-credentials", ("The e-mail address or the password is not right.", "邮箱或密码不正确。"));
}

file sealed record Row(long Id, string? PasswordHash);

file static class Sql
{
    public const string Find = "SELECT id, password_hash FROM access_users WHERE email = @Email AND active = 1";

    // Nobody who was deactivated, or whose password changed, while it was being checked.
    public const string Admit = "UPDATE access_users SET password_hash = @Hash WHERE id = @Id AND active = 1 AND password_hash = @Old";
}
