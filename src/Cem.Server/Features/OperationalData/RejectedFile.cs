using System.Globalization;
using System.Text;
using Cem.Kernel.Data;
using Cem.Kernel.Text;

namespace Cem.Server.Features.OperationalData;

/// <summary>The refused rows of an import as they stood, with line, field and reason in front, safe to open in a spreadsheet.</summary>
static class RejectedFile
{
    const int AtATime = 500;

    static readonly string[] ReportColumns = ["line", "field", "reason"];

    public static async Task Write(Db db, ImportRow import, string language, Stream stream)
    {
        await using var file = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await file.WriteAsync(Csv.Start + Csv.Line([.. ReportColumns, .. import.Header]));
        for (IReadOnlyList<RejectedRow> rows = [new RejectedRow(-1, [], "[]")]; (rows = ImportLog.RejectedAfter(db, import.Id, rows[^1].Line, AtATime)).Count > 0;)
            foreach (var row in rows)
                await file.WriteAsync(Csv.Line([
                    row.Line.ToString(CultureInfo.InvariantCulture), string.Join("; ", row.Rejections.Select(rejection => rejection.Field)),
                    string.Join(" ", row.Rejections.Select(rejection => rejection.Say.In(language))), .. row.Cells]));
    }
}
