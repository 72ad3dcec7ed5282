using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Invitations.CancelWave;

/// <summary>Stops a wave: contacts it has not come to are not asked. A wave that is over stays as it is.</summary>
[Access(Staff = Roles.Programme)]
sealed record Request(Id Wave) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module() =>
        Post("/surveys/waves/{id}/cancel", async (Id id, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(id), ct);
                return TypedResults.LocalRedirect("/surveys/waves?done=stopped");
            })
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        if (!tx.Single<bool>(Sql.Exists, new { request.Wave, caller.OrgUnit }))
            throw Problem.NotFound("wave-not-found", ($"There is no wave '{request.Wave}'.", $"批次“{request.Wave}”不存在。"));
        if (tx.Execute(Sql.Cancel, new { request.Wave, tx.Now }) > 0)
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "wave.cancelled", request.Wave.ToString()));
        return new Response();
    }, cancellationToken);
}

file static class Sql
{
    public const string Exists = """
        SELECT EXISTS (
          SELECT 1 FROM invitations_waves
          WHERE id = @Wave AND (@OrgUnit = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)))
        """;

    public const string Cancel = "UPDATE invitations_waves SET state = 'cancelled', finished_at = @Now WHERE id = @Wave AND state = 'running'";
}
