using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Invitations.MakeLink;

/// <summary>
/// A fresh personal link to an invitation of the channel <c>link</c>, for the CRM to pass on. Links given before go on working;
/// only their hashes are kept, so that none can be given twice.
/// </summary>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request : IRequest<Response>
{
    [JsonIgnore]
    public Id Invitation { get; init; }
}

sealed record Response(Id Invitation, string Link, DateTimeOffset ExpiresAt);

sealed class Module : Routes
{
    public Module() =>
        Post("/api/v1/invitations/{id}:link", (Id id, IMediator mediator, CancellationToken ct) => mediator.Send(new Request { Invitation = id }, ct))
            .Sends<Request>()
            .Summary("Get the link of an invitation")
            .Describe("For invitations of the channel link, once their delay has run out and the rules have let them pass; the outcome of their event then says sent.");
}

sealed class Handler(Db db, Settings settings, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var invitation = tx.Find<Row>(Sql.Find, new { Id = request.Invitation, caller.OrgUnit })
            ?? throw Problem.NotFound("invitation-not-found", ($"There is no invitation '{request.Invitation}'.", $"邀请“{request.Invitation}”不存在。"));
        if (invitation.Channel != "link" || invitation.State is not ("sent" or "opened" or "partial") || invitation.ExpiresAt is not { } expires)
            throw Problem.Conflict("no-link", ($"This invitation is {invitation.State} by {invitation.Channel}; it has no link to give out.", $"该邀请的状态为 {invitation.State}，渠道为 {invitation.Channel}，不能提供链接。"));
        var secret = Secret.New();
        tx.Execute(Sql.Link, new { Hash = Secret.Hash(secret), Id = request.Invitation, tx.Now });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "invitation.link-made", request.Invitation.ToString()));
        return new Response(request.Invitation, $"{settings.PublicUrl}/s/{secret}", expires);
    }, cancellationToken);
}

file sealed record Row(string Channel, string State, DateTimeOffset? ExpiresAt);

file static class Sql
{
    public const string Find = """
        SELECT channel, state, expires_at FROM invitations_invitations
        WHERE id = @Id AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Link = "INSERT INTO invitations_links (secret_hash, invitation_id, made_at) VALUES (@Hash, @Id, @Now)";
}
