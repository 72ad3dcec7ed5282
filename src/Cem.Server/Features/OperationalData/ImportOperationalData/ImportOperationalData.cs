using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.OperationalData.ImportOperationalData;

/// <summary>
/// Takes a file of O-data as it streams in. The same rows again change nothing, other values under the same key correct what
/// was there, and nothing is visible before all of it is: a file that breaks off leaves no trace but its record.
/// </summary>
/// <param name="Bytes">Its size, where the caller says it.</param>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request(string Source, FileFormat Format, bool Packed, long? Bytes, [property: JsonIgnore] Stream File) : IRequest<ImportReport>;

sealed class Module : Routes
{
    static readonly string[] Csv = ["text/csv", "text/tab-separated-values"];
    static readonly string[] Ndjson = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    public Module() =>
        Post("/api/v1/operational-data/{source}", async Task<Ok<ImportReport>> (string source, HttpRequest request, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(source, Format(request), Packed(request), request.ContentLength, request.Body), ct)))
            .Sends<Request>()
            .BodyLimit(RowImport.LargestFile)
            .Takes("text/csv")
            .Summary("Import a file of O-data")
            .Describe("text/csv (UTF-8 or GB18030; commas, semicolons or tabs) or application/x-ndjson, up to 2 GB, also with Content-Encoding: gzip. Rows that are refused are reported with line, field and reason; the others are all visible together when the answer comes, or none when the file cannot be read to its end (422). One file at a time is taken for a source; 503 asks to come again.");

    static FileFormat Format(HttpRequest request) => request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is { } type
        ? Csv.Contains(type) ? FileFormat.Csv : Ndjson.Contains(type) ? FileFormat.Ndjson : throw Unknown()
        : throw Unknown();

    static bool Packed(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => false,
        "gzip" or "x-gzip" => true,
        _ => throw Problem.Other(StatusCodes.Status415UnsupportedMediaType, "content-encoding", ("Only gzip is unpacked.", "仅支持 gzip 压缩。")),
    };

    static Problem Unknown() => Problem.Other(StatusCodes.Status415UnsupportedMediaType, "media-type", ("Send this as text/csv or application/x-ndjson.", "请以 text/csv 或 application/x-ndjson 发送。"));
}

sealed class Handler(Db db, Caller caller, CompanyTime time, LiveImports live) : IRequestHandler<Request, ImportReport>
{
    public async Task<ImportReport> Handle(Request request, CancellationToken cancellationToken)
    {
        var source = SourceStore.Taking(db, request.Source);
        IDisposable? entered = null;
        // Entered inside the write: between it and the import nobody may take this one for dead.
        var id = await db.Write(tx =>
        {
            var added = ImportLog.Add(tx, caller, source.Id, ImportOrigin.Api, ImportState.Running, null, request.Bytes);
            entered?.Dispose();
            entered = live.Enter(added);
            return added;
        }, cancellationToken);
        using (entered)
        {
            var outcome = await new RowImport(db, source, id, caller.OrgUnit, time).Run(request.File, request.Format, request.Packed, mayGoOn: false, cancellationToken);
            if (outcome.Fault is { } fault)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
        return ImportReport.Of(db, ImportLog.Get(db, caller, request.Source, id));
    }
}
