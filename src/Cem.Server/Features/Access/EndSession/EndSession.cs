using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.EndSession;

/// <summary>
/// Ends a session at once: one's own, on whatever device, or, for administrators, anybody's within their scope. Of other
/// people's sessions nobody learns that they exist.
/// </summary>
[Access(Staff = Roles.All)]
sealed record Request(Id Session) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module() =>
        Post("/sessions/{id}/end", async (Id id, IFormCollection form, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(id), ct);
                return TypedResults.LocalRedirect(Urls.IsLocal(form["back"]) ? form["back"].ToString() : "/profile");
            })
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var user = tx.Find<long?>(Sql.End, new { Session = request.Session.Value, User = caller.Id, IsAdministrator = caller.Is(Roles.Administrator), Scope = caller.OrgUnit })
            ?? throw Problem.NotFound("session-not-found", ("There is no such session.", "该会话不存在。"));
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "user.session-ended", new Id(user).ToString()));
        return new Response();
    }, cancellationToken);
}

file static class Sql
{
    public const string End = """
        DELETE FROM access_sessions
        WHERE id = @Session AND (user_id = @User OR @IsAdministrator AND user_id IN (
          SELECT id FROM access_users
          WHERE @Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)))
        RETURNING user_id
        """;
}
