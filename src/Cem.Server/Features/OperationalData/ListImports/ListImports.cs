using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.OperationalData.ListImports;

/// <summary>The files that came for a source, newest first.</summary>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request(string Source, int? Limit = null, string? Cursor = null) : IRequest<Listing<Response>>;

sealed record Response(
    Id Id, ImportState State, ImportOrigin Origin, string? FileName, long Read, long Created, long Changed, long Unchanged, long Rejected, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/operational-data/{source}/imports", (string source, int? limit, string? cursor, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(source, limit, cursor), ct))
            .Sends<Request>()
            .Summary("List the imports of a source of O-data")
            .Describe("Newest first; `next` is the cursor of the next page.");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Listing<Response>>
{
    public Task<Listing<Response>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var before = Cursor.Read<long?>(request.Cursor) ?? long.MaxValue;
        var rows = ImportLog.Latest(db, caller, SourceStore.Get(db, request.Source).Code, before, limit + 1);
        return Task.FromResult(Cursor.Page(rows, limit, row => row.Id.Value)
            .Select(row => new Response(row.Id, row.State, row.Origin, row.FileName, row.RowsRead, row.RowsCreated, row.RowsChanged, row.RowsUnchanged, row.RowsRejected, row.StartedAt, row.FinishedAt)));
    }
}
