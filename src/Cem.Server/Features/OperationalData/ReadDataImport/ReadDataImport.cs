using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.OperationalData.ReadDataImport;

/// <summary>Tells again what became of a file, also while it is still being taken.</summary>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request(string Source, Id Id) : IRequest<ImportReport>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/operational-data/{source}/imports/{id}", async Task<Ok<ImportReport>> (string source, Id id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Request(source, id), ct)))
            .Sends<Request>()
            .Summary("Read the report of an import of O-data");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, ImportReport>
{
    public Task<ImportReport> Handle(Request request, CancellationToken cancellationToken) =>
        Task.FromResult(ImportReport.Of(db, ImportLog.Get(db, caller, request.Source, request.Id)));
}
