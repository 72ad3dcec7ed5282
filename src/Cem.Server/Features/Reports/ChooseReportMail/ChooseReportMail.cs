using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Reports.ChooseReportMail;

/// <summary>Stops the caller's own weekly mail, or asks for it again. The archive stays open to them either way.</summary>
[Access(Staff = Roles.Viewer | Roles.Manager | Roles.Programme)]
sealed record Request(bool Receive) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module() =>
        Post("/reports/mail", async Task<RedirectHttpResult> (IFormCollection form, IMediator mediator, CancellationToken ct) =>
            {
                var receive = form["receive"] == "yes";
                await mediator.Send(new Request(receive), ct);
                return TypedResults.LocalRedirect(receive ? "/reports?done=resumed" : "/reports?done=stopped");
            })
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        if (request.Receive)
            tx.Execute(Sql.Resume, new { caller.Id });
        else
            tx.Execute(Sql.Stop, new { caller.Id, tx.Now });
        return new Response();
    }, cancellationToken);
}

file static class Sql
{
    public const string Stop = "INSERT INTO reports_stopped (user_id, at) VALUES (@Id, @Now) ON CONFLICT (user_id) DO NOTHING";

    public const string Resume = "DELETE FROM reports_stopped WHERE user_id = @Id";
}
