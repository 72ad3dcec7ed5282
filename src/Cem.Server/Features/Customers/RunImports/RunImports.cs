using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Customers.RunImports;

/// <summary>
/// Takes the files that people uploaded, one after the other, whether or not somebody watches. A file that was under way
/// when the server stopped is taken again from its beginning, which changes nothing twice.
/// </summary>
sealed class Run(Db db, CsvFormats formats, Settings settings) : IJob
{
    public TimeSpan Every => TimeSpan.FromSeconds(1);

    async Task<bool> IJob.Run(CancellationToken ct)
    {
        if (db.Find<Row>(Sql.Next) is not { } import)
            return false;
        await db.Write(tx => tx.Execute(Sql.Begin, new { import.Id }), ct);
        var path = UploadedFile.Path(settings, import.Id);
        Say? reason;
        try
        {
            await using var file = File.OpenRead(path);
            reason = await new CsvImport(db, formats.For(import.Kind, Caller.System with { OrgUnit = import.OrgUnitId }), import.Id).Run(file, ct);
        }
        catch (Problem problem)
        {
            reason = problem.Errors.Count > 0 ? Join(problem.Errors) : problem.Say;
        }
        catch (FileNotFoundException)
        {
            reason = ("The uploaded file is gone. Upload it again.", "上传的文件已不存在，请重新上传。");
        }
        await db.Write(tx => ImportLog.Finish(tx, import.Id, reason is null ? ImportState.Done : ImportState.Failed, reason), ct);
        File.Delete(path);
        return true;
    }

    static Say Join(IReadOnlyList<FieldError> errors) => (
        string.Join(" ", errors.Select(error => error.Message.En)), string.Join("", errors.Select(error => error.Message.Zh)));
}

file sealed record Row(long Id, ImportKind Kind, long OrgUnitId);

file static class Sql
{
    public const string Next = """
        SELECT id, kind, org_unit_id FROM customers_imports
        WHERE state IN ('waiting', 'running') AND bytes_total IS NOT NULL
        ORDER BY id LIMIT 1
        """;

    public const string Begin = "UPDATE customers_imports SET state = 'running' WHERE id = @Id AND state = 'waiting'";
}
