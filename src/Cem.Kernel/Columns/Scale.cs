namespace Cem.Kernel.Columns;

/// <summary>
/// How a row's value becomes a bin of the histogram. What has no bin, a missing value among it, is counted as
/// excluded.
/// </summary>
public sealed class Scale
{
    readonly byte[] _slotOfValue;

    Scale(int bins, byte[] slotOfValue) => (Bins, _slotOfValue) = (bins, slotOfValue);

    /// <summary>Length of the histograms.</summary>
    public int Bins { get; }

    /// <summary>Bin of each stored byte; <see cref="Bins"/> itself is the slot of the excluded.</summary>
    internal ReadOnlySpan<byte> SlotOfValue => _slotOfValue;

    /// <summary>
    /// One bin a value: the values <paramref name="lowest"/> to <paramref name="highest"/> are counted in the bin of
    /// their own number, others excluded. <c>Values(1, 5)</c> has the bins 0 to 5, of which 0 stays empty.
    /// </summary>
    public static Scale Values(int lowest, int highest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowest);
        ArgumentOutOfRangeException.ThrowIfLessThan(highest, lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highest, ColumnStore.HighestValue);
        return Build(highest + 1, value => value >= lowest && value <= highest ? value : -1);
    }

    /// <summary>
    /// The bin of each value from 0 on; a negative number, and every value beyond the list, excludes. The bands of
    /// NPS are <c>Bands(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2)</c>.
    /// </summary>
    public static Scale Bands(params ReadOnlySpan<int> binOfValue)
    {
        ArgumentOutOfRangeException.ThrowIfZero(binOfValue.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(binOfValue.Length, ColumnStore.HighestValue + 1);
        var bands = binOfValue.ToArray();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bands.Max(), ColumnStore.HighestValue);
        return Build(Math.Max(bands.Max() + 1, 0), value => value < bands.Length ? bands[value] : -1);
    }

    static Scale Build(int bins, Func<int, int> binOf)
    {
        var slots = new byte[256];
        for (var value = 0; value < slots.Length; value++)
        {
            var bin = value > ColumnStore.HighestValue ? -1 : binOf(value);
            slots[value] = (byte)(bin < 0 ? bins : bin);
        }

        return new(bins, slots);
    }
}
