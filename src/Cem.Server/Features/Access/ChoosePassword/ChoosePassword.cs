using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Access.ChoosePassword;

/// <summary>
/// Sets a password by a one-time link: somebody invited accepts, somebody who forgot starts again. Every session the user
/// had is over, and they sign in with what they chose.
/// </summary>
/// <param name="Name">Asked of those who were invited; null leaves it as it is.</param>
/// <param name="Language">As <paramref name="Name"/>.</param>
[Access(Anyone = true)]
sealed record Request(string Password, string? Name = null, string? Language = null) : IRequest<Response>
{
    [JsonIgnore]
    public string Secret { get; init; } = "";
}

sealed record Response;

/// <summary>Whom the link is for; looking does not use it up.</summary>
[Access(Anyone = true)]
sealed record Look(string Secret) : IRequest<View>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/password/{secret}", async (string secret, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Look(secret), ct)))
            .Sends<Look>()
            .StrictRateLimit();

        Post("/password/{secret}", (string secret, IFormCollection form, HttpContext http, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(new Request(form["password"].ToString(), Given(form, "name")?.Trim(), Given(form, "language")) { Secret = secret }, ct);
                    SessionCookie.Clear(http);
                    return "/sign-in?done=password";
                },
                again: async refused => await mediator.Send(new Look(secret), ct) with { Form = refused }))
            .Sends<Request>()
            .StrictRateLimit();
    }

    static string? Given(IFormCollection form, string field) => form.TryGetValue(field, out var value) ? value.ToString() : null;
}

/// <param name="IsNew">Whether they were invited and come for the first time.</param>
sealed record View(string Secret, string Email, bool IsNew, Form Form, IReadOnlyList<Option> Languages);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Password).IsNewPassword();
        RuleFor(request => request.Name).NotEmpty().MaximumLength(100).When(request => request.Name is not null);
        RuleFor(request => request.Language).Must(Languages.Knows).When(request => request.Language is not null);
    }
}

sealed class Handler(Db db, Passwords passwords, TimeProvider clock) : IRequestHandler<Request, Response>, IRequestHandler<Look, View>
{
    public Task<View> Handle(Look request, CancellationToken cancellationToken)
    {
        var user = db.Single<Row>(Sql.Find, new { Id = FindUser(request.Secret) });
        return Task.FromResult(new View(request.Secret, user.Email, !user.Joined, Form.Of(("name", user.Name), ("language", user.Language)), Preferences.LanguageOptions));
    }

    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        FindUser(request.Secret);
        var hash = passwords.Hash(request.Password);
        return db.Write(tx =>
        {
            var id = OneTimeLink.Use(tx, OneTimeLink.Password, request.Secret);
            var user = tx.Single<Row>(Sql.Find, new { Id = id });
            tx.Execute(Sql.Set, new { Id = id, Hash = hash, request.Name, request.Language, tx.Now });
            tx.Execute(Sql.EndSessions, new { User = id });
            tx.Tell(new Audited(tx.Now, id, "staff", user.Joined ? "user.password-reset" : "user.joined", new Id(id).ToString()));
            return new Response();
        }, cancellationToken);
    }

    long FindUser(string secret) => OneTimeLink.Find(db, OneTimeLink.Password, secret, clock.GetUtcNow());
}

file sealed record Row(string Email, string Name, string Language, bool Joined);

file static class Sql
{
    public const string Find = "SELECT email, name, language, joined_at IS NOT NULL AS joined FROM access_users WHERE id = @Id";

    public const string Set = """
        UPDATE access_users SET password_hash = @Hash, name = COALESCE(@Name, name), language = COALESCE(@Language, language),
          joined_at = COALESCE(joined_at, @Now)
        WHERE id = @Id
        """;

    public const string EndSessions = "DELETE FROM access_sessions WHERE user_id = @User";
}
