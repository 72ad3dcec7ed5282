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

    /// <summary>An array over all keys where that stays near the processor, else a sort of those that occur.</summary>
    public static Tally Create(long keys, int width, int rows) =>
        keys <= Math.Clamp(2L * rows, 1 << 16, 1 << 20) / width
            ? new FlatTally((int)keys, width)
            : new SortingTally(keys, width);
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
