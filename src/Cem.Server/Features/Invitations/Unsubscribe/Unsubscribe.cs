using Cem.Contracts.Invitations;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Invitations.Unsubscribe;

/// <summary>
/// Takes a contact off all further surveys, or back on. Only a POST acts, because mail scanners open links; it comes from the
/// button on the page or, by RFC 8058, straight from the mail program. Doing it twice changes nothing.
/// </summary>
[Access(Anyone = true)]
sealed record Request(string Secret, bool Undo = false) : IRequest<Response>;

/// <summary>How things stand with the contact of a link.</summary>
[Access(Anyone = true)]
sealed record Question(string Secret) : IRequest<Response>;

/// <param name="Language">The contact's.</param>
sealed record Response(bool Unsubscribed, string Language);

sealed class Module : Routes
{
    public Module()
    {
        Get("/unsubscribe/{secret}", async Task<Page> (string secret, IMediator mediator, CancellationToken ct) =>
                Draw(secret, await mediator.Send(new Question(secret), ct)))
            .Sends<Question>();

        Post("/unsubscribe/{secret}", async Task<IResult> (string secret, HttpRequest http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(secret), ct);
                // A mail program wants its answer at once (RFC 8058, 3.1: no redirect); a browser wants to be able to reload.
                return http.HasFormContentType && (await http.ReadFormAsync(ct)).ContainsKey("List-Unsubscribe")
                    ? Draw(secret, response)
                    : TypedResults.LocalRedirect(PathOf(secret));
            })
            .Sends<Request>()
            .OwnFormToken();

        Post("/unsubscribe/{secret}/undo", async (string secret, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(secret, Undo: true), ct);
                return TypedResults.LocalRedirect(PathOf(secret));
            })
            .Sends<Request>()
            .OwnFormToken();
    }

    static string PathOf(string secret) => $"/unsubscribe/{Uri.EscapeDataString(secret)}";

    static Page Draw(string secret, Response response) =>
        Page.Alone(new View(PathOf(secret), PathOf(secret) + "/undo", response.Unsubscribed), response.Language);
}

sealed record View(string Action, string Undo, bool Unsubscribed);

sealed class Asker(Db db) : IRequestHandler<Question, Response>
{
    public Task<Response> Handle(Question request, CancellationToken cancellationToken) =>
        Task.FromResult(db.Find<Row>(Sql.Find, new { Hash = Secret.Hash(request.Secret) }) is { } row ? new Response(row.Unsubscribed, row.Language) : throw Row.Unknown(request.Secret));
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var row = tx.Find<Row>(Sql.Find, new { Hash = Secret.Hash(request.Secret) }) ?? throw Row.Unknown(request.Secret);
        if (request.Undo)
            tx.Execute(Sql.Remove, new { row.ContactId });
        else if (!row.Unsubscribed)
        {
            tx.Execute(Sql.Add, new { row.ContactId, row.InvitationId, tx.Now });
            tx.Tell(new ContactUnsubscribed(row.ContactId));
        }
        return new Response(!request.Undo, row.Language);
    }, cancellationToken);
}

sealed record Row(long InvitationId, long ContactId, string Language, bool Unsubscribed)
{
    public static Problem Unknown(string secret) =>
        MailLinks.Unknown(secret, ("This link is not one of ours, or the person it was made for was erased.", "此链接无效，或对应的联系人信息已删除。"));
}

file static class Sql
{
    public const string Find = """
        SELECT i.id AS invitation_id, i.contact_id, i.language, u.contact_id IS NOT NULL AS unsubscribed
        FROM invitations_links l
        JOIN invitations_invitations i ON i.id = l.invitation_id
        LEFT JOIN invitations_unsubscribed u ON u.contact_id = i.contact_id
        WHERE l.secret_hash = @Hash AND i.contact_id IS NOT NULL
        """;

    public const string Add = "INSERT INTO invitations_unsubscribed (contact_id, invitation_id, at) VALUES (@ContactId, @InvitationId, @Now)";

    public const string Remove = "DELETE FROM invitations_unsubscribed WHERE contact_id = @ContactId";
}
