using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Customers.ShowImport;

/// <summary>How far a file has come and, in the end, what became of it. While it is under way the page renews itself.</summary>
[Access(Staff = Roles.Programme)]
sealed record Request(Id Id) : IRequest<View>;

/// <summary>Stops an import; what it has taken by then stays.</summary>
[Access(Staff = Roles.Programme)]
sealed record CancelRequest(Id Id) : IRequest<CancelResponse>;

sealed record CancelResponse;

/// <param name="Progress">Null once it is over.</param>
sealed record View(
    Id Id, string Kind, string? FileName, string State, string Tone, string? Reason, ProgressBar? Progress,
    long Read, long Created, long Changed, long Unchanged, long Rejected, IReadOnlyList<Fault> Faults)
{
    public bool More => Rejected > Faults.Select(fault => fault.Line).Distinct().Count();
}

sealed record Fault(int Line, string Field, string Reason, string Row);

sealed class Module : Routes
{
    public Module()
    {
        Get("/imports/{id}", async (Id id, IMediator mediator, HttpResponse response, CancellationToken ct) =>
            {
                var view = await mediator.Send(new Request(id), ct);
                // For browsers without script; with it the page looks again by itself, and sooner.
                if (view.Progress is not null)
                    response.Headers["Refresh"] = "5";
                return Page.Of(view);
            })
            .Sends<Request>();

        Post("/imports/{id}/cancel", async (Id id, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new CancelRequest(id), ct);
                return TypedResults.LocalRedirect($"/imports/{id}");
            })
            .Sends<CancelRequest>();
    }
}

sealed class Handler(Db db, Caller caller, TimeProvider clock, Texts texts) : IRequestHandler<Request, View>
{
    const int MostRows = 100;

    public Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var import = ImportLog.Find(db, caller, request.Id) ?? throw ImportLog.NotFound();
        var words = texts.For(caller.Language, "Customers/ShowImport");
        var faults = ImportLog.Rejected(db, import.Id, MostRows).SelectMany(row => row.Rejections.Select(rejection =>
            new Fault(row.Line, rejection.Field, new Say(rejection.En, rejection.Zh).In(caller.Language), string.Join(", ", row.Cells))));
        return Task.FromResult(new View(
            import.Id, words["importKind." + import.Kind.ToString().ToLowerInvariant()], import.FileName,
            words["importState." + import.State.ToString().ToLowerInvariant()], import.Tone, import.Reason is null ? null : Json.Read<Say>(import.Reason).In(caller.Language),
            import.FinishedAt is null ? Progress(import, words) : null,
            import.RowsRead, import.RowsCreated, import.RowsChanged, import.RowsUnchanged, import.RowsRejected, [.. faults]));
    }

    /// <summary>Rows in all are judged by the bytes that those read so far took.</summary>
    ProgressBar Progress(ImportRow import, ScopedTexts words)
    {
        if (import is not { BytesTotal: > 0, BytesRead: > 0, RowsRead: > 0 })
            return new ProgressBar(words["progress"], import.RowsRead, null);
        var share = Math.Min(1, (double)import.BytesRead / import.BytesTotal.Value);
        return new ProgressBar(words["progress"], import.RowsRead, (long)Math.Round(import.RowsRead / share))
        {
            Left = (clock.GetUtcNow() - import.StartedAt) * (1 / share - 1),
        };
    }
}

sealed class CancelHandler(Db db, Caller caller, Settings settings) : IRequestHandler<CancelRequest, CancelResponse>
{
    public async Task<CancelResponse> Handle(CancelRequest request, CancellationToken cancellationToken)
    {
        var import = ImportLog.Find(db, caller, request.Id) ?? throw ImportLog.NotFound();
        await db.Write(tx =>
        {
            ImportLog.Finish(tx, import.Id, ImportState.Cancelled, null);
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "import.cancelled", import.Id.ToString()));
        }, cancellationToken);
        // A file that is under way is taken away by who takes it.
        if (import.State == ImportState.Waiting)
            File.Delete(UploadedFile.Path(settings, import.Id));
        return new CancelResponse();
    }
}
