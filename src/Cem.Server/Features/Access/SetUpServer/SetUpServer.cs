using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Access.SetUpServer;

/// <summary>
/// Makes the first administrator, by the one-time link that the server printed at its first start. Once there is a user
/// the link leads nowhere.
/// </summary>
[Access(Anyone = true)]
sealed record Request(string Name, string Email, string Password, string Language) : IRequest<Response>
{
    [JsonIgnore]
    public string Secret { get; init; } = "";
}

sealed record Response;

/// <summary>Whether the link is good; looking does not use it up.</summary>
[Access(Anyone = true)]
sealed record Look(string Secret) : IRequest<View>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/set-up/{secret}", async (string secret, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Look(secret), ct)))
            .Sends<Look>()
            .StrictRateLimit();

        Post("/set-up/{secret}", (string secret, IFormCollection form, HttpContext http, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var language = form["language"].ToString();
                    await mediator.Send(new Request(form["name"].ToString().Trim(), form["email"].ToString().Trim(), form["password"].ToString(), language) { Secret = secret }, ct);
                    Preferences.Keep(http.Response, language, theme: null);
                    return "/sign-in?done=ready";
                },
                again: async refused => await mediator.Send(new Look(secret), ct) with { Form = refused }))
            .Sends<Request>()
            .StrictRateLimit();
    }
}

sealed record View(string Secret, Form Form, IReadOnlyList<Option> Languages);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Name).NotEmpty().MaximumLength(100);
        RuleFor(request => request.Email).NotEmpty().MaximumLength(254).EmailAddress();
        RuleFor(request => request.Password).IsNewPassword().NotEqual(request => request.Email);
        RuleFor(request => request.Language).Must(Languages.Knows);
    }
}

sealed class Handler(Db db, Passwords passwords, Caller caller, TimeProvider clock) : IRequestHandler<Request, Response>, IRequestHandler<Look, View>
{
    public Task<View> Handle(Look request, CancellationToken cancellationToken)
    {
        OneTimeLink.Find(db, OneTimeLink.SetUp, request.Secret, clock.GetUtcNow());
        return Task.FromResult(new View(request.Secret, Form.Of(("language", caller.Language)), Preferences.LanguageOptions));
    }

    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        OneTimeLink.Find(db, OneTimeLink.SetUp, request.Secret, clock.GetUtcNow());
        var hash = passwords.Hash(request.Password);
        return db.Write(tx =>
        {
            OneTimeLink.Use(tx, OneTimeLink.SetUp, request.Secret);
            if (tx.Single<bool>(Sql.AnyUser))
                throw Problem.Conflict("set-up", ("The server has been set up already. Sign in.", "系统已完成初始化，请登录。"));
            var id = tx.NewId();
            tx.Execute(Sql.MakeUser, new { Id = id, request.Email, request.Name, request.Language, Password = hash, tx.Now });
            tx.Tell(new Audited(tx.Now, id, "staff", "server.set-up", new Id(id).ToString()));
            return new Response();
        }, cancellationToken);
    }
}

file static class Sql
{
    public const string AnyUser = "SELECT EXISTS (SELECT 1 FROM access_users)";

    public const string MakeUser = """
        INSERT INTO access_users (id, email, name, role, language, password_hash, created_at, joined_at)
        VALUES (@Id, @Email, @Name, 'administrator', @Language, @Password, @Now, @Now)
        """;
}
