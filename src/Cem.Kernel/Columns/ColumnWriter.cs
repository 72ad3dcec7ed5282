namespace Cem.Kernel.Columns;

/// <summary>
/// The writer's side of a store: where each key lives, the segment being filled, and the changes not yet published.
/// One thread at a time.
/// </summary>
/// <remarks>
/// Everything is an append. A correction writes the row anew and marks the old one dead in the same version; a
/// full segment that is half dead has its living rows appended again and its slot freed for a later segment. So
/// memory stays below twice what the living rows need, and no reader ever waits or sees both rows or neither.
/// </remarks>
internal sealed class ColumnWriter
{
    const int FirstCapacity = 1024;

    readonly int _segmentBits;
    readonly KeyIndex _index;
    readonly int[] _highestCodes;
    Segment?[] _segments;
    int _tail;
    int _tailRows;
    long _version;
    bool _changed;

    /// <param name="columns">Day, cluster and dimensions.</param>
    /// <param name="segmentBits">Rows of a full segment, as a power of two.</param>
    public ColumnWriter(int columns, int segmentBits)
    {
        _segmentBits = segmentBits;
        _index = new(row => _segments![row >> _segmentBits]!.Keys[row & (Capacity - 1)]);
        _highestCodes = new int[columns];
        _highestCodes[Segment.Day] = ushort.MaxValue;
        _segments = [Segment.Create(Math.Min(FirstCapacity, Capacity), _highestCodes)];
    }

    public long Bytes => _index.Bytes + _segments.Sum(segment => segment?.Bytes ?? 0);

    int Capacity => 1 << _segmentBits;

    /// <summary>Adds the row, or corrects the one with its key. False if it stood there already.</summary>
    public bool Put(long key, byte value, ReadOnlySpan<int> codes)
    {
        var row = _index.Find(key);
        if (row >= 0 && SegmentOf(row).Holds(row & (Capacity - 1), value, codes))
            return false;
        // The old row first, index and all: appending may move rows, and must not find this one among them.
        if (row >= 0)
        {
            _index.Remove(key);
            Kill(row);
        }

        _index.Set(key, Append(key, value, codes));
        return _changed = true;
    }

    /// <summary>Removes the row of a key. False if there is none.</summary>
    public bool Remove(long key)
    {
        var row = _index.Find(key);
        if (row < 0)
            return false;
        _index.Remove(key);
        Kill(row);
        return _changed = true;
    }

    /// <summary>The empty store.</summary>
    public Snapshot First() => new([.. _segments], 0, 0, 0, 0);

    /// <summary>What readers should see from now on; null if nothing changed since the last.</summary>
    public Snapshot? Publish()
    {
        if (!_changed)
            return null;
        _changed = false;
        return new([.. _segments], _tail, _tailRows, ++_version, _index.Count);
    }

    Segment SegmentOf(int row) => _segments[row >> _segmentBits]!;

    int Append(long key, byte value, ReadOnlySpan<int> codes)
    {
        if (_tailRows == Capacity)
            OpenTail();
        var tail = _segments[_tail]!;
        if (_tailRows == tail.Keys.Length)
            tail = tail.Grown(Math.Min(tail.Keys.Length * 2, Capacity));
        for (var column = 0; column < codes.Length; column++)
        {
            _highestCodes[column] = Math.Max(_highestCodes[column], codes[column]);
            if (codes[column] > tail.Columns[column].Limit)
                tail = tail.Widened(column, codes[column]);
        }

        _segments[_tail] = tail;
        tail.Write(_tailRows, key, value, codes);
        return (_tail << _segmentBits) + _tailRows++;
    }

    void Kill(int row)
    {
        var slot = row >> _segmentBits;
        SegmentOf(row).Kill(row & (Capacity - 1), _version + 1);
        if (slot != _tail)
            EvacuateIfHalfDead(slot);
    }

    void OpenTail()
    {
        var full = _tail;
        _tail = Array.IndexOf(_segments, null);
        if (_tail < 0)
        {
            _tail = _segments.Length;
            Array.Resize(ref _segments, _tail + 1);
        }

        _segments[_tail] = Segment.Create(Capacity, _highestCodes);
        _tailRows = 0;
        EvacuateIfHalfDead(full);
    }

    void EvacuateIfHalfDead(int slot)
    {
        var segment = _segments[slot]!;
        if (segment.Dead * 2 < Capacity)
            return;
        Span<int> codes = stackalloc int[segment.Columns.Length];
        for (var row = 0; row < Capacity; row++)
        {
            if (segment.Died![row] != 0)
                continue;
            for (var column = 0; column < codes.Length; column++)
                codes[column] = segment.Columns[column][row];
            _index.Set(segment.Keys[row], Append(segment.Keys[row], segment.Values[row], codes));
        }

        _segments[slot] = null;
    }
}
