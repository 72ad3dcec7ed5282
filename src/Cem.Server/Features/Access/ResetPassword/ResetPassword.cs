using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.ResetPassword;

/// <summary>
/// Gives somebody who forgot their password a one-time link to choose another, good for a day; it goes to them by mail and is
/// shown to the administrator this once. Until it is used the old password holds.
/// </summary>
[Access(Staff = Roles.Administrator)]
sealed record Request(Id User) : IRequest<Response>;

/// <param name="Link">The whole address; it cannot be had again.</param>
sealed record Response(Id User, string Name, string Link);

sealed class Module : Routes
{
    public Module() =>
        Post("/settings/users/{id}/reset", async (Id id, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(id), ct)))
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller, Settings settings, MailTemplates mails, PageContext pages, Texts texts) : IRequestHandler<Request, Response>
{
    static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var user = tx.Find<Row>(Sql.Find, new { Id = request.User.Value, Scope = caller.OrgUnit })
            ?? throw Problem.NotFound("user-not-found", ("There is no such active user.", "该用户不存在或已停用。"));
        var link = $"{settings.PublicUrl}/password/{OneTimeLink.Make(tx, OneTimeLink.Password, request.User, Valid)}";
        var mail = mails.Render("Access/ResetPassword/ResetPassword", new MailModel(user.Name, new MailButton(link, texts.Get(user.Language, "Access/ResetPassword", "mail.button"))), pages.For(user.Language));
        tx.Send(new(Kind: "password-reset", MessageId: $"password-reset-{new Id(tx.NewId())}", user.Email, user.Name, mail.Subject, mail.Html, mail.Text));
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "user.reset-link-made", request.User.ToString()));
        return new Response(request.User, user.Name, link);
    }, cancellationToken);
}

file sealed record MailModel(string Name, MailButton Button);

file sealed record MailButton(string Href, string Label);

file sealed record Row(string Email, string Name, string Language);

file static class Sql
{
    public const string Find = """
        SELECT email, name, language FROM access_users
        WHERE id = @Id AND active = 1 AND joined_at IS NOT NULL
          AND (@Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
        """;
}
