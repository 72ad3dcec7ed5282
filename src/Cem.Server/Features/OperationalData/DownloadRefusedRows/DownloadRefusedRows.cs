using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.OperationalData.DownloadRefusedRows;

/// <summary>
/// Gives the refused rows of an import as they stood, with line, field and reason in front: mend them and send the file
/// again as it is. Cells that a spreadsheet would take for formulas are made text.
/// </summary>
/// <param name="Source">Null where only the import is known, as on its page.</param>
[Access(Keys = [Scopes.EventsWrite], Staff = Roles.Programme)]
sealed record Request(string? Source, Id Id) : IRequest<Response>;

/// <param name="Write">Writes the file.</param>
sealed record Response(string FileName, Func<Stream, Task> Write);

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/operational-data/{source}/imports/{id}/rejected", (string source, Id id, IMediator mediator, CancellationToken ct) => Download(source, id, mediator, ct))
            .Sends<Request>().Summary("Download the refused rows of an import of O-data").Answers("text/csv").Describe("text/csv in UTF-8, kept for a week.");
        Get("/data/imports/{id}/rejected", (Id id, IMediator mediator, CancellationToken ct) => Download(null, id, mediator, ct)).Sends<Request>();
    }

    static async Task<Microsoft.AspNetCore.Http.HttpResults.PushStreamHttpResult> Download(string? source, Id id, IMediator mediator, CancellationToken ct)
    {
        var response = await mediator.Send(new Request(source, id), ct);
        return TypedResults.Stream(response.Write, Csv.ContentType, response.FileName);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var import = ImportLog.Get(db, caller, request.Source, request.Id);
        await db.Write(tx => tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "import.rejected-rows-downloaded", import.Id.ToString())), cancellationToken);
        return new Response($"rejected-{import.Source}-{import.Id}.csv", stream => RejectedFile.Write(db, import, caller.Language, stream));
    }
}
