using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.OperationalData.ReadSource;

/// <summary>Gives one declared source back as it was put.</summary>
[Access(Keys = [Scopes.EventsWrite, Scopes.InsightsRead])]
sealed record Request(string Code) : IRequest<SourceAnswer>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/operational-data/{source}", async Task<Ok<SourceAnswer>> (string source, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Request(source), ct)))
            .Sends<Request>()
            .Summary("Read a source of O-data");
}

sealed class Handler(Db db) : IRequestHandler<Request, SourceAnswer>
{
    public Task<SourceAnswer> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(new SourceAnswer(SourceStore.Get(db, request.Code)));
}
