using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.OperationalData.ShowImport;

/// <summary>How far a file of O-data has come and, in the end, what became of it. While it is under way the page renews itself.</summary>
[Access(Staff = Roles.Programme)]
sealed record Request(Id Id) : IRequest<View>;

/// <param name="Answer">What became of it, as a sentence.</param>
/// <param name="Progress">Null once it is over.</param>
/// <param name="Ignored">Columns that the source does not declare; null for none.</param>
sealed record View(
    Id Id, string Source, string SourceHref, string? FileName, string MadeBy, string Origin, DateTimeOffset StartedAt, string State, string Tone, string Answer, ProgressBar? Progress,
    long Read, long Created, long Changed, long Unchanged, long Rejected, string? Ignored, IReadOnlyList<Fault> Faults)
{
    public bool More => Rejected > Faults.Select(fault => fault.Line).Distinct().Count();
}

sealed record Fault(long Line, string Field, string Reason, string Row);

sealed class Module : Routes
{
    public Module() =>
        Get("/data/imports/{id}", async (Id id, IMediator mediator, HttpResponse response, CancellationToken ct) =>
            {
                var view = await mediator.Send(new Request(id), ct);
                // For browsers without script; with it the page looks again by itself, and sooner.
                if (view.Progress is not null)
                    response.Headers["Refresh"] = "5";
                return Page.Of(view);
            })
            .Sends<Request>();
}

sealed class Handler(Db db, Caller caller, TimeProvider clock, Texts texts) : IRequestHandler<Request, View>
{
    const int MostRows = 100;
    const int LongestRow = 500;

    readonly ScopedTexts words = texts.For(caller.Language, "OperationalData/ShowImport");

    public Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var import = ImportLog.Get(db, caller, null, request.Id);
        var faults = ImportLog.Rejected(db, import.Id, MostRows).SelectMany(row => row.Rejections.Select(rejection =>
            new Fault(row.Line, rejection.Field, rejection.Say.In(caller.Language), Cut(string.Join(", ", row.Cells)))));
        return Task.FromResult(new View(
            import.Id, new Wording(import.NameEn, import.NameZh).In(caller.Language), $"/data/sources/{import.Source}", import.FileName, import.MadeBy, words["origin." + ImportLog.Stored(import.Origin)],
            import.StartedAt, words["importState." + ImportLog.Stored(import.State)], import.Tone, Answer(import), import.FinishedAt is null ? Progress(import) : null,
            import.RowsRead, import.RowsCreated, import.RowsChanged, import.RowsUnchanged, import.RowsRejected, import.Ignored.Length == 0 ? null : string.Join(words["comma"], import.Ignored), [.. faults]));
    }

    string Answer(ImportRow import) => import switch
    {
        { Reason: { } reason } => Json.Read<Say>(reason).In(caller.Language),
        { State: ImportState.Done, RowsRejected: 0 } => words.Get("answer.done", ("count", import.RowsRead)),
        { State: ImportState.Done } => words.Get("answer.rejected", ("count", import.RowsRead), ("rejected", import.RowsRejected)),
        { State: ImportState.Cancelled } => words["answer.cancelled"],
        { State: ImportState.Waiting } => words["answer.waiting"],
        _ => words["answer.running"],
    };

    /// <summary>Rows in all are judged by the bytes that those read so far took.</summary>
    ProgressBar Progress(ImportRow import)
    {
        if (import is not { BytesTotal: > 0, BytesRead: > 0, RowsRead: > 0 })
            return new ProgressBar(words["progress"], import.RowsRead, null);
        var share = Math.Min(1, (double)import.BytesRead / import.BytesTotal.Value);
        return new ProgressBar(words["progress"], import.RowsRead, (long)Math.Round(import.RowsRead / share))
        {
            Left = (clock.GetUtcNow() - import.StartedAt) * (1 / share - 1),
        };
    }

    static string Cut(string row) => row.Length <= LongestRow ? row : row[..LongestRow] + "…";
}
