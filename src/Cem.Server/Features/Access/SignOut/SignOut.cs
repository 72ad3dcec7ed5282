using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.SignOut;

/// <summary>Ends the session of this browser. Signing out twice, or without a session, is no fault.</summary>
[Access(Anyone = true)]
sealed record Request : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module() =>
        Post("/sign-out", async (HttpContext http, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(), ct);
                SessionCookie.Clear(http);
                return TypedResults.LocalRedirect("/sign-in?done=signed-out");
            })
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        if (tx.Execute(Sql.EndSession, new { caller.Session }) == 1)
            tx.Tell(new Audited(tx.Now, caller.Id, "staff", "user.signed-out", new Id(caller.Id).ToString()));
        return new Response();
    }, cancellationToken);
}

file static class Sql
{
    public const string EndSession = "DELETE FROM access_sessions WHERE id = @Session";
}
