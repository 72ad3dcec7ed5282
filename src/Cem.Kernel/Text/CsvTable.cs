namespace Cem.Kernel.Text;

/// <summary>
/// Reads CSV (RFC 4180) record by record out of one buffer: a cell is a piece of it, valid until the next record, so that a
/// million rows cost no more memory than one. Blank lines are passed over.
/// </summary>
/// <param name="text">Bounds the length of a line itself; see <see cref="Csv.Open"/>.</param>
public sealed class CsvTable(TextReader text) : IDisposable
{
    public const int MostCells = 4_096;

    const int LongestRecord = 1024 * 1024;

    char[] buffer = new char[64 * 1024];
    readonly List<Cell> cells = [];
    int start;
    int end;
    bool ended;
    long nextLine = 1;

    /// <summary>Cells of the record.</summary>
    public int Count => cells.Count;

    /// <summary>The line on which the record begins, the first being 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether a quotation mark stands in the record where none may be.</summary>
    public bool IsSpoilt { get; private set; }

    /// <summary>What stands between two cells; settled after the header was looked at.</summary>
    public char Delimiter { get; set; } = ',';

    /// <summary>A cell without its quotation marks.</summary>
    public ReadOnlySpan<char> this[int index] => cells[index] is { Text: { } unescaped } ? unescaped : buffer.AsSpan(cells[index].Start, cells[index].Length);

    /// <summary>The cells as texts.</summary>
    public string[] ToArray()
    {
        var texts = new string[Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = this[i].ToString();
        return texts;
    }

    /// <summary>Goes on to the next record; false at the end.</summary>
    /// <exception cref="InvalidDataException">A record is longer than 1 MB, or has more than 4,096 cells.</exception>
    public async ValueTask<bool> Read(CancellationToken ct = default)
    {
        while (true)
        {
            if (start < end || !ended)
            {
                var next = start < end ? Parse() : -1;
                if (next >= 0)
                {
                    var blank = cells.Count == 1 && this[0].Length == 0 && !IsSpoilt;
                    start = next;
                    if (!blank)
                        return true;
                    continue;
                }
                await Fill(ct);
                continue;
            }
            return false;
        }
    }

    /// <summary>What the current record would be with another delimiter; for choosing one by the header.</summary>
    public int CountWith(char delimiter)
    {
        var count = 1;
        var quoted = false;
        foreach (var c in buffer.AsSpan(recordStart, recordLength))
            if (c == '"')
                quoted = !quoted;
            else if (c == delimiter && !quoted)
                count++;
        return count;
    }

    int recordStart;
    int recordLength;

    /// <summary>Reads the current record again, with the delimiter now set.</summary>
    public void Again()
    {
        nextLine = Line;
        start = recordStart;
        start = Parse();
    }

    public void Dispose() => text.Dispose();

    async Task Fill(CancellationToken ct)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        if (end == buffer.Length)
        {
            if (buffer.Length > LongestRecord)
                throw new InvalidDataException("A record of the file is longer than 1 MB.");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        var read = await text.ReadAsync(buffer.AsMemory(end), ct);
        end += read;
        ended = read == 0;
    }

    /// <returns>Where the next record begins; -1 when more text is needed to tell.</returns>
    int Parse()
    {
        var line = nextLine;
        var at = start;
        cells.Clear();
        IsSpoilt = false;
        var data = buffer.AsSpan(0, end);
        while (true)
        {
            var cell = at < end && data[at] == '"' ? Quoted(data, ref at, ref line) : Plain(data, ref at);
            if (cell is not { } found)
                return -1;
            if (cells.Count == MostCells)
                throw new InvalidDataException("A record of the file has too many cells.");
            cells.Add(found);
            if (at == end)
                return ended ? Complete(at, at, line) : -1;
            if (data[at] == Delimiter)
            {
                at++;
                continue;
            }
            var lineEnd = at;
            if (data[at] == '\r')
            {
                if (at + 1 == end && !ended)
                    return -1;
                at += at + 1 < end && data[at + 1] == '\n' ? 2 : 1;
            }
            else
                at++;
            return Complete(lineEnd, at, line + 1);
        }
    }

    int Complete(int contentEnd, int next, long following)
    {
        Line = nextLine;
        nextLine = following;
        (recordStart, recordLength) = (start, contentEnd - start);
        return next;
    }

    Cell? Plain(ReadOnlySpan<char> data, ref int at)
    {
        var from = at;
        var rest = data[at..].IndexOfAny(Delimiter, '\n', '\r');
        if (rest < 0)
        {
            if (!ended)
                return null;
            rest = data.Length - at;
        }
        at += rest;
        if (data[from..at].Contains('"'))
            IsSpoilt = true;
        return new Cell(from, rest, null);
    }

    Cell? Quoted(ReadOnlySpan<char> data, ref int at, ref long line)
    {
        var from = at + 1;
        var escaped = false;
        var look = from;
        while (true)
        {
            var close = data[look..].IndexOf('"');
            if (close < 0)
            {
                if (!ended)
                    return null;
                IsSpoilt = true;
                at = data.Length;
                return new Cell(from, at - from, null);
            }
            close += look;
            if (close + 1 == data.Length && !ended)
                return null;
            if (close + 1 < data.Length && data[close + 1] == '"')
            {
                escaped = true;
                look = close + 2;
                continue;
            }
            var inside = data[from..close];
            line += inside.Count('\n');
            at = close + 1;
            // What stands between the closing mark and the next delimiter belongs to nothing.
            if (at < data.Length && data[at] != Delimiter && data[at] is not ('\n' or '\r'))
            {
                IsSpoilt = true;
                if (Plain(data, ref at) is null)
                    return null;
            }
            return new Cell(from, inside.Length, escaped ? inside.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : null);
        }
    }

    readonly record struct Cell(int Start, int Length, string? Text);
}
