using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.OperationalData.RetireSource;

/// <summary>Ends a source: it takes no more files, and what has come in by it stays. Putting it again takes it up.</summary>
[Access(Keys = [Scopes.EventsWrite], Staff = Roles.Programme)]
sealed record Request(string Code) : IRequest<Response>;

sealed record Response(string Code, bool Retired);

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/operational-data/{source}:retire", async Task<Ok<Response>> (string source, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Request(source), ct)))
            .Sends<Request>()
            .Summary("Retire a source of O-data");

        Post("/data/sources/{source}/retire", async (string source, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(source), ct);
                return TypedResults.LocalRedirect("/data?done=retired");
            })
            .Sends<Request>();
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        SourceStore.Retire(tx, caller, request.Code);
        return new Response(request.Code, true);
    }, cancellationToken);
}
