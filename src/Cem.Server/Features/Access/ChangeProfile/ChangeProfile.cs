using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Access.ChangeProfile;

/// <summary>
/// One's own name, language and colours. They hold on every device one signs in on, and mails come in that language.
/// </summary>
[Access(Staff = Roles.All)]
sealed record Request(string Name, string Language, string Theme) : IRequest<Response>;

sealed record Response;

/// <summary>One's own page.</summary>
[Access(Staff = Roles.All)]
sealed record Look : IRequest<View>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/profile", async (IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Look(), ct)))
            .Sends<Look>();

        Post("/profile", (IFormCollection form, HttpResponse response, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var (language, theme) = (form["language"].ToString(), form["theme"].ToString());
                    await mediator.Send(new Request(form["name"].ToString().Trim(), language, theme), ct);
                    Preferences.Keep(response, language, theme);
                    return "/profile?done=saved";
                },
                again: async refused => await mediator.Send(new Look(), ct) with { Form = refused }))
            .Sends<Request>();
    }
}

sealed record View(string Email, Form Form, IReadOnlyList<Option> Languages, IReadOnlyList<Option> Themes, IReadOnlyList<SessionRow> Sessions);

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Name).NotEmpty().MaximumLength(100);
        RuleFor(request => request.Language).Must(Languages.Knows);
        RuleFor(request => request.Theme).Must(Preferences.Themes.Contains);
    }
}

sealed class Handler(Db db, Caller caller, Texts texts, TimeProvider clock) : IRequestHandler<Request, Response>, IRequestHandler<Look, View>
{
    public Task<View> Handle(Look request, CancellationToken cancellationToken)
    {
        var own = db.Single<Row>(Sql.Find, new { caller.Id });
        var words = texts.For(caller.Language, "Access/ChangeProfile");
        return Task.FromResult(new View(own.Email, Form.Of(("name", own.Name), ("language", own.Language), ("theme", own.Theme)),
            Preferences.LanguageOptions, [.. Preferences.Themes.Select(theme => new Option(theme, words["theme." + theme]))],
            SessionList.Of(db, caller.Id, caller, "/profile", clock.GetUtcNow())));
    }

    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        tx.Execute(Sql.Change, new { caller.Id, request.Name, request.Language, request.Theme });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "user.profile-changed", new Id(caller.Id).ToString()));
        return new Response();
    }, cancellationToken);
}

file sealed record Row(string Email, string Name, string Language, string Theme);

file static class Sql
{
    public const string Find = "SELECT email, name, language, theme FROM access_users WHERE id = @Id";

    public const string Change = "UPDATE access_users SET name = @Name, language = @Language, theme = @Theme WHERE id = @Id";
}
