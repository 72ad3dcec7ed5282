using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

enum FileFormat
{
    Csv,
    Ndjson,
}

/// <summary>A file of O-data read row by row; a cell is asked for by the number of the field that its source declares.</summary>
abstract class RowFile : IDisposable
{
    /// <summary>Names of the columns as they stand in the file, for giving refused rows back.</summary>
    public abstract IReadOnlyList<string> Header { get; }

    /// <summary>Columns that the source does not declare, the first fifty.</summary>
    public abstract IReadOnlyList<string> Ignored { get; }

    /// <summary>Where the row begins, the first line of the file being 1.</summary>
    public abstract long Line { get; }

    /// <summary>What is wrong with the row as a whole; null where its cells can be read.</summary>
    public abstract FieldError? Fault { get; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="Problem">422: it is empty, or its columns are not those of the source.</exception>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static async Task<RowFile> Open(Stream content, FileFormat format, SourceDefinition source, CancellationToken ct)
    {
        var text = await Csv.Open(content, ct);
        return format == FileFormat.Ndjson ? new NdjsonFile(new LineReader(text), source) : await CsvFile.Open(text, source, ct);
    }

    /// <summary>Goes on to the next row; false at the end.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read any further.</exception>
    public abstract ValueTask<bool> Next(CancellationToken ct);

    /// <summary>What the row holds for a field, trimmed; empty where it holds nothing.</summary>
    public abstract ReadOnlySpan<char> this[int field] { get; }

    /// <summary>Whether a cell is a number of JSON, whatever style the source has numbers in.</summary>
    public virtual bool IsPlainNumber(int field) => false;

    /// <summary>How many cells the row has as it stands.</summary>
    public abstract int Width { get; }

    /// <summary>A cell as it stands, by its place in the header.</summary>
    public abstract ReadOnlySpan<char> Raw(int place);

    public abstract void Dispose();

    protected const int MostIgnored = 50;

    sealed class CsvFile : RowFile
    {
        static readonly char[] Delimiters = [',', ';', '\t'];

        readonly CsvTable table;
        readonly string[] header;
        readonly int[] places;

        CsvFile(CsvTable table, SourceDefinition source)
        {
            this.table = table;
            header = [.. table.ToArray().Select(name => name.Trim())];
            var byName = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            var doubled = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (index, name) in header.Index())
                if (!byName.TryAdd(name, index))
                    doubled.Add(name);
            var errors = source.Fields.Where(field => doubled.Contains(field.Column))
                .Select(field => new FieldError(field.Column, "doubled-column", ($"The column '{field.Column}' stands there twice.", $"列“{field.Column}”重复。")))
                .Concat(source.Fields.Where(field => !byName.ContainsKey(field.Column))
                    .Select(field => new FieldError(field.Column, "missing-column", ($"The column '{field.Column}' is missing.", $"缺少列“{field.Column}”。")))).ToList();
            if (errors.Count > 0)
                throw Problem.Rules(errors);
            places = [.. source.Fields.Select(field => byName[field.Column])];
            Ignored = [.. header.Where((name, index) => !places.Contains(index) && name.Length > 0).Take(MostIgnored)];
        }

        public override IReadOnlyList<string> Header => header;

        public override IReadOnlyList<string> Ignored { get; }

        public override long Line => table.Line;

        public override FieldError? Fault =>
            table.Count != header.Length ? new("", "columns", ($"{table.Count} cells where the header has {header.Length}.", $"该行有 {table.Count} 个单元格，表头有 {header.Length} 个。"))
            : table.IsSpoilt ? new("", "quotes", ("A quotation mark stands where none may be.", "引号位置不正确。"))
            : null;

        public override ReadOnlySpan<char> this[int field] => Unguard(table[places[field]].Trim());

        public static async Task<RowFile> Open(TextReader text, SourceDefinition source, CancellationToken ct)
        {
            var table = new CsvTable(text);
            try
            {
                if (!await table.Read(ct))
                    throw Problem.Rule("", "empty-file", ("The file is empty.", "文件为空。"));
                table.Delimiter = Delimiters.MaxBy(table.CountWith);
                table.Again();
                return new CsvFile(table, source);
            }
            catch
            {
                table.Dispose();
                throw;
            }
        }

        public override ValueTask<bool> Next(CancellationToken ct) => table.Read(ct);

        public override int Width => table.Count;

        public override ReadOnlySpan<char> Raw(int place) => table[place];

        public override void Dispose() => table.Dispose();

        /// <summary>Takes the apostrophe away that our own files of refused rows put before what a spreadsheet takes for a formula.</summary>
        static ReadOnlySpan<char> Unguard(ReadOnlySpan<char> cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;
    }
}
