using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.ReadImport;

/// <summary>Tells again what became of a file, also while it is still being taken.</summary>
[Access(Keys = [Scopes.CustomersWrite])]
sealed record Request(Id Id) : IRequest<ImportReport>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/imports/{id}", async Task<Ok<ImportReport>> (Id id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Request(id), ct)))
            .Sends<Request>()
            .Summary("Read the report of an import");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, ImportReport>
{
    public Task<ImportReport> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(
        ImportReport.Of(db, ImportLog.Find(db, caller, request.Id) ?? throw ImportLog.NotFound()));
}
