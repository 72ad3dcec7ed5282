using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Housekeeping.CheckHealth;

/// <summary>
/// Whether the process answers (<c>live</c>) and can do its work (<c>ready</c>: the database reads, and a write commits). The
/// words behind the verdict are for callers on this machine; others learn the status alone.
/// </summary>
[Access(Anyone = true)]
sealed record Request : IRequest<Response>;

/// <param name="OwedDeliveries">Facts not yet delivered.</param>
/// <param name="Parked">Deliveries that gave up and wait for a person.</param>
sealed record Response(string Status, int OwedDeliveries, int Parked, int OwedMails, int FailedMails);

sealed class Module : Routes
{
    public Module()
    {
        Get("/health/live", () => TypedResults.Text("live")).Sends<Request>();
        Get("/health/ready", async Task<IResult> (HttpContext context, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(), ct);
                return Loopback.Is(context) ? TypedResults.Ok(response) : TypedResults.Text("ready");
            })
            .Sends<Request>();
    }
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        await db.Write(_ => { }, cancellationToken);
        return db.Single<Response>(Sql.Count);
    }
}

file static class Sql
{
    public const string Count = """
        SELECT 'ready' AS status,
          (SELECT COUNT(*) FROM kernel_v_owed) AS owed_deliveries,
          (SELECT COUNT(*) FROM kernel_v_parked) AS parked,
          (SELECT COUNT(*) FROM kernel_v_mails WHERE state = 'owed') AS owed_mails,
          (SELECT COUNT(*) FROM kernel_v_mails WHERE state = 'failed') AS failed_mails
        """;
}
