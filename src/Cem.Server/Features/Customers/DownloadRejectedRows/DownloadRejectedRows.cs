using System.Text;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.DownloadRejectedRows;

/// <summary>
/// Gives the refused rows of an import as they stood, with line, field and reason in front: mend them and send the file
/// again as it is. Cells that a spreadsheet would take for formulas are made text.
/// </summary>
[Access(Keys = [Scopes.CustomersWrite], Staff = Roles.Programme)]
sealed record Request(Id Id) : IRequest<Response>;

sealed record Response(string FileName, byte[] Content);

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/imports/{id}/rejected", Download).Sends<Request>().Summary("Download the refused rows of an import").Answers("text/csv").Describe("text/csv in UTF-8, kept for a week.");
        Get("/imports/{id}/rejected", Download).Sends<Request>();
    }

    static async Task<FileContentHttpResult> Download(Id id, IMediator mediator, CancellationToken ct)
    {
        var response = await mediator.Send(new Request(id), ct);
        return TypedResults.File(response.Content, Csv.ContentType, response.FileName);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var import = ImportLog.Find(db, caller, request.Id) ?? throw ImportLog.NotFound();
        var text = new StringBuilder(Csv.Start).Append(Csv.Line([.. CsvImport.ReportColumns, .. import.Header]));
        foreach (var row in ImportLog.Rejected(db, import.Id, int.MaxValue))
            text.Append(Csv.Line([
                row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture),
                string.Join("; ", row.Rejections.Select(rejection => rejection.Field)),
                string.Join(" ", row.Rejections.Select(rejection => new Say(rejection.En, rejection.Zh).In(caller.Language))),
                .. row.Cells]));
        await db.Write(tx => tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "import.rejected-rows-downloaded", import.Id.ToString())), cancellationToken);
        return new Response($"rejected-{import.Id}.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }
}
