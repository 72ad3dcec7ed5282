using System.Buffers;

namespace Cem.Kernel.Columns;

/// <summary>Counts rows by key and slot while they are scanned; one per worker, merged at the end.</summary>
internal abstract class Tally(int width)
{
    /// <summary>Slots of one key: the bins of the scale and the excluded.</summary>
    protected int Width => width;

    /// <summary>Counts one row for each key and its slot.</summary>
    public abstract void Count(ReadOnlySpan<long> keys, ReadOnlySpan<byte> slots);

    /// <summary>Takes over the counts of another tally of the same query.</summary>
    public abstract void Merge(Tally other);

    /// <summary>The keys that occurred, ascending, and their counts, <see cref="Width"/> each. Ends the tally.</summary>
    public abstract (long[] Keys, int[] Counts) Finish();

    /// <summary>An array over all keys where that is small, else a table of those that occur.</summary>
    public static Tally Create(long keys, int width, int rows) =>
        keys <= Math.Clamp(8L * rows, 1 << 16, 1 << 22) / width ? new FlatTally((int)keys, width) : new SparseTally(width);
}

/// <summary>Counts of every possible key in one array.</summary>
internal sealed class FlatTally : Tally
{
    readonly int[] _counts;
    readonly int _length;

    public FlatTally(int keys, int width)
        : base(width)
    {
        _length = keys * width;
        _counts = ArrayPool<int>.Shared.Rent(_length);
        _counts.AsSpan(0, _length).Clear();
    }

    public override void Count(ReadOnlySpan<long> keys, ReadOnlySpan<byte> slots)
    {
        var counts = _counts;
        var width = Width;
        slots = slots[..keys.Length];
        for (var i = 0; i < keys.Length; i++)
            counts[keys[i] * width + slots[i]]++;
    }

    public override void Merge(Tally other)
    {
        var theirs = (FlatTally)other;
        for (var i = 0; i < _length; i++)
            _counts[i] += theirs._counts[i];
        ArrayPool<int>.Shared.Return(theirs._counts);
    }

    public override (long[] Keys, int[] Counts) Finish()
    {
        var keys = new List<long>();
        for (var at = 0; at < _length; at += Width)
        {
            if (_counts.AsSpan(at, Width).ContainsAnyExcept(0))
                keys.Add(at / Width);
        }

        var counts = new int[keys.Count * Width];
        for (var i = 0; i < keys.Count; i++)
            _counts.AsSpan((int)keys[i] * Width, Width).CopyTo(counts.AsSpan(i * Width));
        ArrayPool<int>.Shared.Return(_counts);
        return ([.. keys], counts);
    }
}

/// <summary>Counts of the keys that occur: open addressing over positions in the order of first occurrence.</summary>
internal sealed class SparseTally(int width) : Tally(width)
{
    // A position plus one; 0 is free.
    int[] _table = new int[1 << 12];
    int _shift = 64 - 12;
    long[] _keys = new long[1 << 11];
    int[] _counts = new int[width << 11];
    int _used;

    public override void Count(ReadOnlySpan<long> keys, ReadOnlySpan<byte> slots)
    {
        slots = slots[..keys.Length];
        for (var i = 0; i < keys.Length; i++)
            _counts[PositionOf(keys[i]) * Width + slots[i]]++;
    }

    public override void Merge(Tally other)
    {
        var theirs = (SparseTally)other;
        for (var position = 0; position < theirs._used; position++)
        {
            var mine = PositionOf(theirs._keys[position]) * Width;
            for (var slot = 0; slot < Width; slot++)
                _counts[mine + slot] += theirs._counts[position * Width + slot];
        }
    }

    public override (long[] Keys, int[] Counts) Finish()
    {
        var keys = _keys.AsSpan(0, _used).ToArray();
        var positions = new int[_used];
        for (var i = 0; i < positions.Length; i++)
            positions[i] = i;
        Array.Sort(keys, positions);
        var counts = new int[_used * Width];
        for (var i = 0; i < positions.Length; i++)
            _counts.AsSpan(positions[i] * Width, Width).CopyTo(counts.AsSpan(i * Width));
        return (keys, counts);
    }

    int PositionOf(long key)
    {
        var slot = Home(key);
        for (; _table[slot] != 0; slot = (slot + 1) & (_table.Length - 1))
        {
            if (_keys[_table[slot] - 1] == key)
                return _table[slot] - 1;
        }

        if (_used == _keys.Length)
        {
            Grow();
            return PositionOf(key);
        }

        _keys[_used] = key;
        _table[slot] = ++_used;
        return _used - 1;
    }

    int Home(long key) => (int)((ulong)key * 0x9E3779B97F4A7C15 >> _shift);

    // The table stays at most half full.
    void Grow()
    {
        Array.Resize(ref _keys, _keys.Length * 2);
        Array.Resize(ref _counts, _counts.Length * 2);
        _table = new int[_table.Length * 2];
        _shift--;
        for (var position = 0; position < _used; position++)
        {
            var slot = Home(_keys[position]);
            while (_table[slot] != 0)
                slot = (slot + 1) & (_table.Length - 1);
            _table[slot] = position + 1;
        }
    }
}
