namespace Cem.Kernel.Text;

/// <summary>Reads text line by line; whatever reads below bounds the length of a line (see <see cref="Csv.Open"/>).</summary>
public sealed class LineReader(TextReader text) : IDisposable
{
    char[] buffer = new char[64 * 1024];
    int start;
    int end;
    bool ended;

    /// <summary>The next line without its end, valid until the one after it is read; null after the last.</summary>
    public async ValueTask<ReadOnlyMemory<char>?> Read(CancellationToken ct = default)
    {
        var searched = start;
        while (true)
        {
            var found = buffer.AsSpan(searched, end - searched).IndexOf('\n');
            if (found >= 0)
                return Take(searched + found, 1);
            searched = end;
            if (ended)
                // A mere null would become an empty line.
                return start < end ? Take(end, 0) : default(ReadOnlyMemory<char>?);
            searched -= start;
            await Fill(ct);
        }
    }

    public void Dispose() => text.Dispose();

    ReadOnlyMemory<char> Take(int until, int mark)
    {
        var line = buffer.AsMemory(start, until - start).TrimEnd('\r');
        start = until + mark;
        return line;
    }

    async Task Fill(CancellationToken ct)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = await text.ReadAsync(buffer.AsMemory(end), ct);
        end += read;
        ended = read == 0;
    }
}
