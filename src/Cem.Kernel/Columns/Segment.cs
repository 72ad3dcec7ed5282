namespace Cem.Kernel.Columns;

/// <summary>
/// A run of rows, column by column. Readers read the rows their snapshot counts; the writer fills the rows after
/// them, and marks rows as dead from a version on, which older snapshots do not heed.
/// </summary>
internal sealed class Segment
{
    /// <summary>Places in <see cref="Columns"/>; the dimensions follow.</summary>
    public const int Day = 0, Cluster = 1, FirstDimension = 2;

    long[]? _died;

    Segment(long[] keys, byte[] values, CodeColumn[] columns) => (Keys, Values, Columns) = (keys, values, columns);

    public long[] Keys { get; }

    public byte[] Values { get; }

    public CodeColumn[] Columns { get; }

    /// <summary>Version from which each row is gone, 0 where it is alive; null while none died.</summary>
    public long[]? Died => Volatile.Read(ref _died);

    /// <summary>How many died so far (the writer's own count).</summary>
    public int Dead { get; private set; }

    /// <summary>Bounds of the day codes. To a reader they may already cover rows beyond its snapshot.</summary>
    public int FirstDay { get; private set; } = int.MaxValue;

    public int LastDay { get; private set; } = -1;

    public long Bytes =>
        Keys.Length * 9L + (Died?.Length ?? 0) * 8L + Columns.Sum(column => column.Bytes);

    public static Segment Create(int capacity, ReadOnlySpan<int> highestCodes)
    {
        var columns = new CodeColumn[highestCodes.Length];
        for (var column = 0; column < columns.Length; column++)
            columns[column] = CodeColumn.Create(capacity, highestCodes[column]);
        return new(new long[capacity], new byte[capacity], columns);
    }

    /// <summary>A copy with room for more rows; what readers hold stays as it is.</summary>
    public Segment Grown(int capacity)
    {
        var keys = Keys;
        var values = Values;
        Array.Resize(ref keys, capacity);
        Array.Resize(ref values, capacity);
        var grown = With(keys, values, [.. Columns.Select(column => column.Copy(capacity, 0))]);
        if (_died is not null)
            Array.Resize(ref grown._died, capacity);
        return grown;
    }

    /// <summary>A view of the same rows whose one column can hold the code.</summary>
    public Segment Widened(int column, int code)
    {
        var columns = Columns.ToArray();
        columns[column] = columns[column].Copy(Keys.Length, code);
        return With(Keys, Values, columns);
    }

    /// <summary>Fills a row that no reader sees yet.</summary>
    public void Write(int row, long key, byte value, ReadOnlySpan<int> codes)
    {
        Keys[row] = key;
        Values[row] = value;
        for (var column = 0; column < codes.Length; column++)
            Columns[column][row] = codes[column];
        FirstDay = Math.Min(FirstDay, codes[Day]);
        LastDay = Math.Max(LastDay, codes[Day]);
    }

    public bool Holds(int row, byte value, ReadOnlySpan<int> codes)
    {
        if (Values[row] != value)
            return false;
        for (var column = 0; column < codes.Length; column++)
        {
            if (Columns[column][row] != codes[column])
                return false;
        }

        return true;
    }

    public void Kill(int row, long version)
    {
        var died = _died ?? new long[Keys.Length];
        died[row] = version;
        Dead++;
        Volatile.Write(ref _died, died);
    }

    Segment With(long[] keys, byte[] values, CodeColumn[] columns) =>
        new(keys, values, columns) { _died = _died, Dead = Dead, FirstDay = FirstDay, LastDay = LastDay };
}
