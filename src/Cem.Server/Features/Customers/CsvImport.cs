using System.Globalization;
using Cem.Kernel.Data;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using CsvHelper;
using CsvHelper.Configuration;

namespace Cem.Server.Features.Customers;

/// <summary>
/// Takes a file row by row, in chunks with a write each, so that a long file keeps nobody else from writing; what came before
/// a cancellation or a crash stays, and taking the same file again changes nothing. A row whose parent stands further
/// down is held back and tried again at the end.
/// </summary>
sealed class CsvImport(Db db, CsvFormat format, long importId)
{
    const int ChunkSize = 1_000;
    const int MostHeldBack = 20_000;
    const int MostKept = 10_000;
    const int LongestCell = 64 * 1024;

    /// <summary>Columns that files of rejected rows have in front; a mended one is taken as it is.</summary>
    public static readonly IReadOnlyList<string> ReportColumns = ["line", "field", "reason"];

    readonly List<Row> heldBack = [];
    Dictionary<string, int> columns = [];
    Say? fault;
    bool spoilt;
    int kept;
    int readTo;

    /// <returns>Why the file could not be read to its end; null when it was, or when the import was cancelled.</returns>
    /// <exception cref="Problem">422: the columns are not those of such a file; nothing was taken.</exception>
    public async Task<Say?> Run(Stream file, CancellationToken ct)
    {
        using var parser = new CsvParser(await Csv.Open(file, ct), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => spoilt = true, MaxFieldSize = LongestCell, Delimiter = ",", DetectDelimiter = false,
        });
        await ReadHeader(parser, ct);
        for (var more = true; more;)
        {
            var chunk = await ReadChunk(parser);
            more = chunk.Count == ChunkSize && fault is null;
            if (!await Write(chunk, mayHoldBack: true, file.CanSeek ? file.Position : null, ct))
                return null;
        }
        await WriteHeldBack(ct);
        return fault;
    }

    async Task ReadHeader(CsvParser parser, CancellationToken ct)
    {
        if (!await parser.ReadAsync())
            throw Problem.Rule("", "empty-file", ("The file is empty.", "文件为空。"));
        var names = parser.Record!.Select(name => name.Trim()).ToArray();
        var known = format.Columns.Concat(ReportColumns).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var errors = names.Where(name => !known.Contains(name)).Select(name => new FieldError(name, "unknown-column", ($"There is no column '{name}' here.", $"没有名为“{name}”的列。")))
            .Concat(names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
                .Select(group => new FieldError(group.Key, "doubled-column", ($"The column '{group.Key}' stands there twice.", $"列“{group.Key}”重复。"))))
            .Concat(format.Columns.Take(format.Required).Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))
                .Select(name => new FieldError(name, "missing-column", ($"The column '{name}' is missing.", $"缺少列“{name}”。")))).ToList();
        if (errors.Count > 0)
            throw Problem.Rules(errors);
        readTo = parser.RawRow;
        columns = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.OrdinalIgnoreCase);
        await db.Write(tx =>
        {
            tx.Execute(Sql.ForgetEarlierTry, new { Id = importId });
            tx.Execute(Sql.Begin, new { Id = importId, Header = names });
        }, ct);
    }

    async Task<List<Row>> ReadChunk(CsvParser parser)
    {
        var chunk = new List<Row>(ChunkSize);
        try
        {
            while (chunk.Count < ChunkSize && await parser.ReadAsync())
            {
                var cells = parser.Record!;
                var line = parser.RawRow - parser.RawRecord.AsSpan().TrimEnd("\r\n").Count('\n');
                var (errors, put) = Judge(cells);
                spoilt = false;
                readTo = parser.RawRow;
                chunk.Add(new Row(line, cells, errors, put));
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or CsvHelperException)
        {
            fault = ($"The file could not be read from line {readTo + 1} on: a line or a cell there is too long. Is a quotation mark missing?", $"文件从第 {readTo + 1} 行起无法读取：该处的行或单元格过长。是否缺少引号？");
        }
        return chunk;
    }

    (IReadOnlyList<FieldError> Errors, Func<Tx, Written>? Put) Judge(string[] cells) =>
        cells.Length != columns.Count ? ([new FieldError("", "columns", ($"{cells.Length} cells where the header has {columns.Count}.", $"该行有 {cells.Length} 个单元格，表头有 {columns.Count} 个。"))], null)
        : spoilt ? ([new FieldError("", "quotes", ("A quotation mark stands where none may be.", "引号位置不正确。"))], null)
        : cells.Any(cell => cell.Contains(Csv.Unreadable)) ? ([new FieldError("", "encoding", ("There are characters that cannot be read; save the file as UTF-8.", "含有无法识别的字符，请将文件保存为 UTF-8。"))], null)
        : format.Read(new CsvRow(columns, cells));

    async Task WriteHeldBack(CancellationToken ct)
    {
        for (var before = int.MaxValue; heldBack.Count > 0;)
        {
            // Another round helps only while each puts a parent or two.
            var last = heldBack.Count >= before;
            before = heldBack.Count;
            var rows = heldBack.ToList();
            heldBack.Clear();
            foreach (var chunk in rows.Chunk(ChunkSize))
                if (!await Write(chunk, mayHoldBack: !last, null, ct))
                    return;
        }
    }

    /// <returns>False when the import was cancelled.</returns>
    async Task<bool> Write(IReadOnlyList<Row> chunk, bool mayHoldBack, long? position, CancellationToken ct)
    {
        if (await db.Write(tx => Write(tx, chunk, mayHoldBack ? MostHeldBack - heldBack.Count : 0, position), ct) is not { } outcome)
            return false;
        heldBack.AddRange(outcome.HeldBack);
        kept += outcome.Kept;
        return true;
    }

    /// <returns>Null when the import was cancelled.</returns>
    Outcome? Write(Tx tx, IReadOnlyList<Row> chunk, int mayHoldBack, long? position)
    {
        if (tx.Single<string>(Sql.State, new { Id = importId }) != "running")
            return null;
        int created = 0, changed = 0, unchanged = 0;
        var held = new List<Row>();
        var rejected = new List<(Row Row, IReadOnlyList<FieldError> Errors)>();
        foreach (var row in chunk)
        {
            Written? written = null;
            var problem = row.Put is null ? null : tx.Attempt(() => written = row.Put(tx));
            if (written is not null)
                _ = written switch { { Created: true } => created++, { Changed: true } => changed++, _ => unchanged++ };
            else if (problem?.Code == Written.ParentNotFound && held.Count < mayHoldBack)
                held.Add(row);
            else
                rejected.Add((row, problem is null ? row.Errors : problem.Errors.Count > 0 ? problem.Errors : [new FieldError("/externalId", problem.Code, problem.Say)]));
        }
        var listed = rejected.Take(MostKept - kept).ToList();
        foreach (var (row, errors) in listed)
            tx.Prepare(Sql.Reject).Run(importId, row.Line, Json.Write(row.Cells), Json.Write(errors.Select(Rejection.Of)));
        tx.Execute(Sql.Count, new { Id = importId, Read = chunk.Count - held.Count, Created = created, Changed = changed, Unchanged = unchanged, Rejected = rejected.Count, Position = position });
        return new Outcome(held, listed.Count);
    }

    sealed record Outcome(List<Row> HeldBack, int Kept);

    sealed record Row(int Line, string[] Cells, IReadOnlyList<FieldError> Errors, Func<Tx, Written>? Put);
}

/// <summary>One thing wrong with a row, as kept.</summary>
/// <param name="Field">The column; empty for the row as a whole.</param>
sealed record Rejection(string Field, string Code, string En, string Zh)
{
    public static Rejection Of(FieldError error) => new(Column(error.Pointer), error.Code, error.Message.En, error.Message.Zh);

    /// <summary>Where a pointer into the item stands in the file.</summary>
    static string Column(string pointer) => pointer switch
    {
        "/annualRevenue/currency" => "currency",
        "/consent/source" => "consentSource",
        _ => pointer.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "",
    };
}

file static class Sql
{
    public const string ForgetEarlierTry = "DELETE FROM customers_import_rejections WHERE import_id = @Id";

    public const string Begin = """
        UPDATE customers_imports
        SET header = @Header, rows_read = 0, rows_created = 0, rows_changed = 0, rows_unchanged = 0, rows_rejected = 0, bytes_read = 0
        WHERE id = @Id
        """;

    public const string State = "SELECT state FROM customers_imports WHERE id = @Id";

    public const string Reject = """
        INSERT INTO customers_import_rejections (import_id, line, cells, errors) VALUES (@Import, @Line, @Cells, @Errors)
        """;

    public const string Count = """
        UPDATE customers_imports
        SET rows_read = rows_read + @Read, rows_created = rows_created + @Created, rows_changed = rows_changed + @Changed,
          rows_unchanged = rows_unchanged + @Unchanged, rows_rejected = rows_rejected + @Rejected, bytes_read = COALESCE(@Position, bytes_read)
        WHERE id = @Id
        """;
}
