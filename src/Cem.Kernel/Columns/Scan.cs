namespace Cem.Kernel.Columns;

/// <summary>
/// One worker's pass over some segments for all queries of a batch, a block of rows at a time so that everything in
/// hand stays in the processor's nearest caches.
/// </summary>
internal sealed class Scan(Snapshot snapshot, IReadOnlyList<IGrouping<Selection, int>> selections, IReadOnlyList<QueryPlan> plans)
{
    const int Block = 4096;

    static readonly int[] AllRows = [.. Enumerable.Range(0, Block)];

    readonly int[] _rows = new int[Block];
    readonly byte[] _slots = new byte[Block];
    readonly long[] _keys = new long[Block];

    /// <summary>By query.</summary>
    public Tally[] Tallies { get; } = [.. plans.Select(plan => plan.NewTally())];

    /// <summary>Counts the rows of one segment.</summary>
    public void Read(int slot)
    {
        if (snapshot.Segments[slot] is not { } segment)
            return;
        var count = snapshot.RowsIn(slot);
        foreach (var queries in selections)
        {
            if (queries.Key.Skips(segment))
                continue;
            for (var first = 0; first < count; first += Block)
                ReadBlock(segment, first, Math.Min(Block, count - first), queries);
        }
    }

    void ReadBlock(Segment segment, int first, int count, IGrouping<Selection, int> queries)
    {
        AllRows.AsSpan(0, count).CopyTo(_rows);
        var rows = _rows.AsSpan(0, count);
        rows = rows[..queries.Key.Keep(segment, first, rows, snapshot.Version)];
        if (rows.IsEmpty)
            return;
        Scale? scale = null;
        foreach (var query in queries)
        {
            var plan = plans[query];
            if (plan.Scale != scale)
                Slots(segment, first, rows, scale = plan.Scale);
            var keys = _keys.AsSpan(0, rows.Length);
            plan.Keys(segment, first, rows, keys);
            Tallies[query].Count(keys, _slots);
        }
    }

    void Slots(Segment segment, int first, ReadOnlySpan<int> rows, Scale scale)
    {
        var values = segment.Values.AsSpan(first);
        var slotOfValue = scale.SlotOfValue;
        for (var i = 0; i < rows.Length; i++)
            _slots[i] = slotOfValue[values[rows[i]]];
    }
}
