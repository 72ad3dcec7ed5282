using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.ImportCustomers;

/// <summary>
/// Takes a CSV file of accounts or contacts as it streams in, and reports what became of each row. The same file twice
/// changes nothing, so that a broken transfer is simply repeated.
/// </summary>
[Access(Keys = [Scopes.CustomersWrite])]
sealed record Request(ImportKind Kind, [property: JsonIgnore] Stream File) : IRequest<ImportReport>;

sealed class Module : Routes
{
    const long LargestFile = 2L * 1024 * 1024 * 1024;

    public Module()
    {
        Take("accounts", ImportKind.Accounts, "externalId, name, orgUnit; region, industry, tier, keyAccount, owner, parent, products, annualRevenue, currency, contractStart, contractEnd, renewalDate, tags");
        Take("contacts", ImportKind.Contacts, "externalId, account, name, role; email, phone, level, department, language, consent, consentSource, consentAt, doNotSurvey");
    }

    void Take(string kind, ImportKind value, string columns) =>
        Post($"/api/v1/{kind}:import", async Task<Ok<ImportReport>> (HttpRequest request, IMediator mediator, CancellationToken ct) =>
                IsCsv(request.ContentType)
                    ? TypedResults.Ok(await mediator.Send(new Request(value, request.Body), ct))
                    : throw Problem.Other(StatusCodes.Status415UnsupportedMediaType, "media-type", ("Send this as text/csv.", "请以 text/csv 发送。")))
            .Sends<Request>()
            .BodyLimit(LargestFile)
            .Takes("text/csv")
            .Summary($"Import {kind} from CSV")
            .Describe($"text/csv in UTF-8 or GB18030, up to 2 GB, with a header of these columns in any order: {columns}. Several values of a cell have semicolons between them, amounts are in minor units. Rows are taken one by one; refused ones are reported with line, field and reason.");

    static bool IsCsv(string? contentType) => contentType is not null && contentType.Split(';')[0].Trim().Equals("text/csv", StringComparison.OrdinalIgnoreCase);
}

sealed class Handler(Db db, Caller caller, CsvFormats formats, UnderWay underWay) : IRequestHandler<Request, ImportReport>
{
    public async Task<ImportReport> Handle(Request request, CancellationToken cancellationToken)
    {
        var id = await db.Write(tx =>
        {
            var added = ImportLog.Add(tx, caller, request.Kind, ImportState.Running, null, null);
            tx.AfterCommit(() => underWay.Begin(added));
            return added;
        }, cancellationToken);
        (ImportState State, Say? Reason) end = (ImportState.Cancelled, null);
        try
        {
            var fault = await new CsvImport(db, formats.For(request.Kind, caller), id).Run(request.File, cancellationToken);
            end = (fault is null ? ImportState.Done : ImportState.Failed, fault);
        }
        catch (Problem problem)
        {
            end = (ImportState.Failed, problem.Say);
            throw;
        }
        finally
        {
            // Also when the caller has gone: what was taken by then stays, and the record says so.
            await db.Write(tx =>
            {
                ImportLog.Finish(tx, id, end.State, end.Reason);
                tx.AfterCommit(() => underWay.End(id));
            }, CancellationToken.None);
        }
        return ImportReport.Of(db, ImportLog.Find(db, caller, id)!);
    }
}
