namespace Cem.Kernel.Columns;

/// <summary>
/// A change of a <see cref="ColumnStore"/> under way; readers see all of it once it is disposed. What was done before
/// an exception stays done.
/// </summary>
public readonly ref struct ColumnChange
{
    readonly ColumnStore _store;

    internal ColumnChange(ColumnStore store) => _store = store;

    /// <summary>
    /// Adds a row, or corrects the one with this key in all it states. The same row again changes nothing.
    /// </summary>
    /// <param name="key">What the row is known by.</param>
    /// <param name="day">1970-01-01 to 2149-06-06.</param>
    /// <param name="cluster">The id of the row's cluster.</param>
    /// <param name="value">0 to <see cref="ColumnStore.HighestValue"/>, or null: every scale then excludes it.</param>
    /// <param name="members">One for each dimension, in the order of their declaration.</param>
    /// <returns>Whether that changed anything.</returns>
    /// <exception cref="ArgumentException">Day, value or number of members is out of range; nothing is changed.</exception>
    public bool Put(long key, DateOnly day, long cluster, int? value, params ReadOnlySpan<Member> members)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(value ?? 0), (uint)ColumnStore.HighestValue, nameof(value));
        return _store.Put(key, day, cluster, (byte?)value ?? ColumnStore.NoValue, members);
    }

    /// <summary>Removes the row with this key. Returns whether there was one.</summary>
    public bool Remove(long key) => _store.Remove(key);

    /// <summary>Publishes the change and lets the next begin.</summary>
    public void Dispose() => _store.EndChange();
}
