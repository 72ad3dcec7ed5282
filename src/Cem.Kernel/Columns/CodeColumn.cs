using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cem.Kernel.Columns;

/// <summary>
/// One column of one segment: a small-integer code a row, in the narrowest width that holds them. The writer fills
/// rows beyond those published; a row once published never changes.
/// </summary>
internal abstract class CodeColumn
{
    public abstract int this[int row] { get; set; }

    public abstract long Bytes { get; }

    /// <summary>Highest code it can hold.</summary>
    public abstract int Limit { get; }

    /// <summary>
    /// Narrows a selection: of <paramref name="rows"/>, counted from <paramref name="first"/>, those whose code is
    /// allowed (1; 0 is not) move to the front, in order. Returns how many they are.
    /// </summary>
    public abstract int Keep(int first, Span<int> rows, ReadOnlySpan<byte> allowed);

    /// <summary>As <see cref="Keep"/>, for the codes from <paramref name="lowest"/> to <paramref name="highest"/>.</summary>
    public abstract int KeepBetween(int first, Span<int> rows, int lowest, int highest);

    /// <summary>
    /// Adds to the key of each selected row what its code contributes. The contributions start with that of the code
    /// <paramref name="lowest"/>.
    /// </summary>
    public abstract void AddTo(
        Span<long> keys, int first, ReadOnlySpan<int> rows, ReadOnlySpan<long> contributions, int lowest);

    /// <summary>The same codes with room for <paramref name="capacity"/> rows and codes up to the highest.</summary>
    public CodeColumn Copy(int capacity, int highestCode)
    {
        var copy = Create(capacity, Math.Max(highestCode, Limit));
        CopyTo(copy);
        return copy;
    }

    public static CodeColumn Create(int capacity, int highestCode) => highestCode switch
    {
        <= byte.MaxValue => new CodeColumn<byte>(capacity),
        <= ushort.MaxValue => new CodeColumn<ushort>(capacity),
        _ => new CodeColumn<int>(capacity),
    };

    protected abstract void CopyTo(CodeColumn wider);
}

/// <inheritdoc/>
internal sealed class CodeColumn<T>(int capacity) : CodeColumn
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    readonly T[] _codes = new T[capacity];

    public override int this[int row]
    {
        get => int.CreateTruncating(_codes[row]);
        set => _codes[row] = T.CreateChecked(value);
    }

    public override long Bytes => (long)_codes.Length * Unsafe.SizeOf<T>();

    public override int Limit => int.CreateTruncating(T.MaxValue);

    public override int Keep(int first, Span<int> rows, ReadOnlySpan<byte> allowed)
    {
        var codes = _codes.AsSpan(first);
        var kept = 0;
        // Without a branch: whether a row passes is hard to foretell.
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += allowed[int.CreateTruncating(codes[row])];
        }

        return kept;
    }

    public override int KeepBetween(int first, Span<int> rows, int lowest, int highest)
    {
        var codes = _codes.AsSpan(first);
        var range = (uint)(highest - lowest);
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += (uint)(int.CreateTruncating(codes[row]) - lowest) <= range ? 1 : 0;
        }

        return kept;
    }

    public override void AddTo(
        Span<long> keys, int first, ReadOnlySpan<int> rows, ReadOnlySpan<long> contributions, int lowest)
    {
        var codes = _codes.AsSpan(first);
        keys = keys[..rows.Length];
        for (var i = 0; i < rows.Length; i++)
            keys[i] += contributions[int.CreateTruncating(codes[rows[i]]) - lowest];
    }

    protected override void CopyTo(CodeColumn wider)
    {
        if (wider is CodeColumn<T> same)
        {
            _codes.CopyTo(same._codes, 0);
            return;
        }

        for (var row = 0; row < _codes.Length; row++)
            wider[row] = this[row];
    }
}
