using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.OperationalData.CancelImport;

/// <summary>Stops an import that waits or is under way; nothing of it stays. One that has ended is left as it is.</summary>
/// <param name="Source">Null where only the import is known, as on its page.</param>
[Access(Keys = [Scopes.EventsWrite], Staff = Roles.Programme)]
sealed record Request(string? Source, Id Id) : IRequest<ImportReport>;

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/operational-data/{source}/imports/{id}:cancel", async Task<Ok<ImportReport>> (string source, Id id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Request(source, id), ct)))
            .Sends<Request>()
            .Summary("Cancel an import of O-data");

        Post("/data/imports/{id}/cancel", async (Id id, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(null, id), ct);
                return TypedResults.LocalRedirect($"/data/imports/{id}");
            })
            .Sends<Request>();
    }
}

sealed class Handler(Db db, Caller caller, Settings settings) : IRequestHandler<Request, ImportReport>
{
    public async Task<ImportReport> Handle(Request request, CancellationToken cancellationToken)
    {
        var import = ImportLog.Get(db, caller, request.Source, request.Id);
        await db.Write(tx =>
        {
            if (ImportLog.Stop(tx, import.Id, ImportState.Cancelled, null))
                tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "import.cancelled", import.Id.ToString()));
        }, cancellationToken);
        // What is under way is taken back by who takes it.
        if (import is { State: ImportState.Waiting, Origin: ImportOrigin.Folder })
            await DropFolder.Finish(db, settings, ImportLog.Get(db, caller, request.Source, request.Id), cancellationToken);
        else if (import.State == ImportState.Waiting)
            File.Delete(UploadedFile.Path(settings, import.Id));
        return ImportReport.Of(db, ImportLog.Get(db, caller, request.Source, request.Id));
    }
}
