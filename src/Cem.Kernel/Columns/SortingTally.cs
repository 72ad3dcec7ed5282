using System.Buffers;
using System.Numerics;

namespace Cem.Kernel.Columns;

/// <summary>
/// Counts of the keys that occur, by sorting: key and slot of each row in one number, a radix sort whenever a buffer
/// is full, equal ones counted into a run, runs merged. Where keys are many this beats a hash table some times over,
/// because it walks through memory in order; it holds one buffer and what is distinct.
/// </summary>
internal sealed class SortingTally(long keys, int width) : Tally(width)
{
    const int Buffered = 1 << 20;

    readonly int _bits = 64 - BitOperations.LeadingZeroCount((ulong)(keys * width));
    readonly List<Run> _runs = [];
    long[]? _buffer;
    int _used;

    public override void Count(ReadOnlySpan<long> keys, ReadOnlySpan<byte> slots)
    {
        if (_used + keys.Length > Buffered)
            Flush();
        _buffer ??= ArrayPool<long>.Shared.Rent(Buffered);
        var into = _buffer.AsSpan(_used, keys.Length);
        slots = slots[..keys.Length];
        for (var i = 0; i < into.Length; i++)
            into[i] = keys[i] * Width + slots[i];
        _used += keys.Length;
    }

    public override void Merge(Tally other)
    {
        var theirs = (SortingTally)other;
        theirs.Flush();
        _runs.AddRange(theirs._runs);
    }

    public override (long[] Keys, int[] Counts) Finish()
    {
        Flush();
        // The two shortest each time, so that no entry is merged more often than need be.
        var runs = new PriorityQueue<Run, int>(_runs.Select(run => (run, run.Length)));
        while (runs.Count > 1)
        {
            var merged = Run.Merge(runs.Dequeue(), runs.Dequeue());
            runs.Enqueue(merged, merged.Length);
        }

        return runs.TryDequeue(out var all, out _) ? Spread(all) : ([], []);
    }

    /// <summary>From one count an entry to one row of counts a key.</summary>
    (long[] Keys, int[] Counts) Spread(Run run)
    {
        var distinct = new long[run.DistinctOver(Width)];
        var counts = new int[distinct.Length * Width];
        var row = -1;
        for (var i = 0; i < run.Length; i++)
        {
            var (key, slot) = Math.DivRem(run.Entries[i], Width);
            if (row < 0 || distinct[row] != key)
                distinct[++row] = key;
            counts[row * Width + (int)slot] = run.Counts[i];
        }

        run.Return();
        return (distinct, counts);
    }

    void Flush()
    {
        if (_buffer is null)
            return;
        var spare = ArrayPool<long>.Shared.Rent(Buffered);
        var sorted = RadixSort.Sort(_buffer.AsSpan(0, _used), spare.AsSpan(0, _used), _bits);
        _runs.Add(Run.Of(sorted));
        ArrayPool<long>.Shared.Return(spare);
        ArrayPool<long>.Shared.Return(_buffer);
        (_buffer, _used) = (null, 0);
    }
}

/// <summary>Distinct entries in ascending order and how often each occurred, in arrays lent by the pool.</summary>
internal sealed class Run(int capacity)
{
    public long[] Entries { get; } = ArrayPool<long>.Shared.Rent(capacity);

    public int[] Counts { get; } = ArrayPool<int>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public static Run Of(ReadOnlySpan<long> sorted)
    {
        var run = new Run(sorted.Length);
        var (entries, counts, last) = (run.Entries, run.Counts, -1);
        foreach (var entry in sorted)
        {
            if (last < 0 || entries[last] != entry)
            {
                entries[++last] = entry;
                counts[last] = 0;
            }

            counts[last]++;
        }

        run.Length = last + 1;
        return run;
    }

    /// <summary>One run of both, which are given back.</summary>
    public static Run Merge(Run left, Run right)
    {
        var run = new Run(left.Length + right.Length);
        var (entries, counts) = (run.Entries, run.Counts);
        int l = 0, r = 0, length = 0;
        while (l < left.Length || r < right.Length)
        {
            var entry = r == right.Length || (l < left.Length && left.Entries[l] <= right.Entries[r])
                ? left.Entries[l]
                : right.Entries[r];
            var count = 0;
            if (l < left.Length && left.Entries[l] == entry)
                count = left.Counts[l++];
            if (r < right.Length && right.Entries[r] == entry)
                count += right.Counts[r++];
            (entries[length], counts[length]) = (entry, count);
            length++;
        }

        run.Length = length;
        left.Return();
        right.Return();
        return run;
    }

    /// <summary>Gives the arrays back to the pool; the run must not be used any more.</summary>
    public void Return()
    {
        ArrayPool<long>.Shared.Return(Entries);
        ArrayPool<int>.Shared.Return(Counts);
    }

    /// <summary>How many different numbers the entries are when divided.</summary>
    public int DistinctOver(int divisor)
    {
        var distinct = 0;
        var limit = long.MinValue;
        for (var i = 0; i < Length; i++)
        {
            if (Entries[i] < limit)
                continue;
            distinct++;
            limit = (Entries[i] / divisor + 1) * divisor;
        }

        return distinct;
    }
}

/// <summary>Least-significant-digit radix sort of numbers that are not negative.</summary>
internal static class RadixSort
{
    // So many counters and write positions still fit the nearest cache.
    const int DigitBits = 11;

    /// <summary>Sorts by the lowest <paramref name="bits"/>; the result is in one of the two spans, the other is spoilt.</summary>
    public static Span<long> Sort(Span<long> items, Span<long> spare, int bits)
    {
        var passes = (bits + DigitBits - 1) / DigitBits;
        var digit = (bits + passes - 1) / passes;
        Span<int> positions = stackalloc int[1 << digit];
        for (var shift = 0; shift < passes * digit; shift += digit)
        {
            Pass(items, spare, positions, shift);
            var sorted = spare;
            spare = items;
            items = sorted;
        }

        return items;
    }

    static void Pass(ReadOnlySpan<long> from, Span<long> to, Span<int> positions, int shift)
    {
        var mask = positions.Length - 1;
        positions.Clear();
        foreach (var item in from)
            positions[(int)(item >> shift) & mask]++;
        var next = 0;
        foreach (ref var position in positions)
            (position, next) = (next, next + position);
        foreach (var item in from)
            to[positions[(int)(item >> shift) & mask]++] = item;
    }
}
