using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;

namespace Cem.Kernel.Text;

/// <summary>CSV as companies exchange it: read in the encodings of their spreadsheets, written so that no cell becomes a formula.</summary>
public static class Csv
{
    /// <summary>What a browser is told; the mark makes spreadsheets read it as UTF-8.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Comes first in a file: a byte order mark.</summary>
    public const string Start = "\uFEFF";

    /// <summary>What a byte sequence that means nothing is read as.</summary>
    public const char Unreadable = '\uFFFD';

    const int Looked = 256 * 1024;

    static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>
    /// Opens text in UTF-8 (with or without a mark), UTF-16 (with one) or GB18030. Without a mark it is UTF-8 when its first
    /// 256 KB are: GB18030 in Chinese is practically never valid UTF-8.
    /// </summary>
    public static async Task<TextReader> Open(Stream stream, CancellationToken ct)
    {
        var pipe = PipeReader.Create(stream);
        var head = await pipe.ReadAtLeastAsync(Looked, ct);
        var bytes = head.Buffer.Slice(0, Math.Min(Looked, head.Buffer.Length));
        var encoding = IsUtf8(System.Buffers.BuffersExtensions.ToArray(bytes)) ? Encoding.UTF8 : Gb18030;
        pipe.AdvanceTo(head.Buffer.Start);
        return new BoundedLines(new StreamReader(pipe.AsStream(), encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024));
    }

    /// <summary>One line, with its end. What a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(cell => Quote(Guard(cell)))) + "\r\n";

    /// <summary><c>=cmd|...</c> is <c>'=cmd|...</c>: text, whatever opens it.</summary>
    public static string Guard(string cell) => StartsFormula(cell) ? "'" + cell : cell;

    /// <summary>Takes the apostrophe away again that <see cref="Guard"/> put there.</summary>
    public static string Unguard(string cell) => cell.StartsWith('\'') && StartsFormula(cell[1..]) ? cell[1..] : cell;

    static bool StartsFormula(string cell) => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The last character may be cut.</summary>
    static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
            if (Utf8.IsValid(bytes[..^cut]) && (cut == 0 || bytes.Length == Looked))
                return true;
        return false;
    }

    /// <summary>Keeps a file without line ends from filling the memory.</summary>
    sealed class BoundedLines(TextReader inner) : TextReader
    {
        const int Longest = 1024 * 1024;

        int sinceEnd;

        public override int Peek() => inner.Peek();

        public override int Read(char[] buffer, int index, int count) => Bound(buffer.AsSpan(index, inner.Read(buffer, index, count)));

        public override async Task<int> ReadAsync(char[] buffer, int index, int count)
        {
            var read = await inner.ReadAsync(buffer, index, count);
            return Bound(buffer.AsSpan(index, read));
        }

        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return Bound(buffer.Span[..read]);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        int Bound(ReadOnlySpan<char> read)
        {
            var end = read.LastIndexOf('\n');
            sinceEnd = end < 0 ? sinceEnd + read.Length : read.Length - end - 1;
            return sinceEnd <= Longest ? read.Length : throw new InvalidDataException("A line of the file is longer than 1 MB.");
        }
    }
}
