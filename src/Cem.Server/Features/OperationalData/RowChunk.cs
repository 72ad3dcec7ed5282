using System.Buffers;
using System.Collections;

namespace Cem.Server.Features.OperationalData;

/// <summary>
/// Rows that are written together, and filled again with others once they are. Their texts lie in one buffer, in UTF-8 as the
/// database takes them: strings of a million rows would live long enough to fill the memory, and then be encoded.
/// </summary>
sealed class RowChunk : IReadOnlyCollection<ReadRow>
{
    readonly List<ReadRow> rows = [];

    public int Count { get; private set; }

    /// <summary>What the ranges of the rows are of.</summary>
    public ArrayBufferWriter<byte> Texts { get; } = new(64 * 1024);

    /// <summary>A text of one of the rows.</summary>
    public ReadOnlySpan<byte> this[Range text] => Texts.WrittenSpan[text];

    public void Clear()
    {
        Count = 0;
        Texts.ResetWrittenCount();
    }

    /// <summary>The next row, to be filled.</summary>
    public ReadRow Add()
    {
        if (Count == rows.Count)
            rows.Add(new ReadRow());
        return rows[Count++];
    }

    public IEnumerator<ReadRow> GetEnumerator() => rows.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
