using System.Collections;

namespace Cem.Server.Features.OperationalData;

/// <summary>Rows that are written together, and filled again with others once they are.</summary>
sealed class RowChunk : IReadOnlyCollection<ReadRow>
{
    readonly List<ReadRow> rows = [];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

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
