namespace Cem.Kernel.Columns;

/// <summary>
/// Finds the row of a key. Open addressing with linear probing over row numbers alone; the keys themselves are read
/// from their column, which keeps it at 5 to 11 bytes a row. Used by the writer only.
/// </summary>
/// <param name="keyOf">The key stored at a row number.</param>
internal sealed class KeyIndex(Func<int, long> keyOf)
{
    // A row number plus one; 0 is free.
    int[] _slots = new int[256];
    int _shift = 64 - 8;

    public int Count { get; private set; }

    public long Bytes => (long)_slots.Length * sizeof(int);

    /// <summary>The row of the key, or -1.</summary>
    public int Find(long key) => _slots[SlotOf(key)] - 1;

    /// <summary>Sets the row of a key, new or known. The key must be readable at that row.</summary>
    public void Set(long key, int row)
    {
        var slot = SlotOf(key);
        if (_slots[slot] == 0 && ++Count > _slots.Length / 4 * 3)
        {
            Grow();
            slot = SlotOf(key);
        }

        _slots[slot] = row + 1;
    }

    /// <summary>Forgets a key that is there.</summary>
    public void Remove(long key)
    {
        var free = SlotOf(key);
        Count--;
        // Close the gap, so that probing needs no tombstones: whoever could live at the gap moves into it.
        for (var slot = Next(free); _slots[slot] != 0; slot = Next(slot))
        {
            var home = Home(keyOf(_slots[slot] - 1));
            if (((slot - home) & Mask) < ((slot - free) & Mask))
                continue;
            _slots[free] = _slots[slot];
            free = slot;
        }

        _slots[free] = 0;
    }

    int Mask => _slots.Length - 1;

    // Fibonacci hashing: keys are often consecutive, and the high bits of the product spread them.
    int Home(long key) => (int)((ulong)key * 0x9E3779B97F4A7C15 >> _shift);

    int Next(int slot) => (slot + 1) & Mask;

    int SlotOf(long key)
    {
        var slot = Home(key);
        while (_slots[slot] != 0 && keyOf(_slots[slot] - 1) != key)
            slot = Next(slot);
        return slot;
    }

    void Grow()
    {
        var old = _slots;
        _slots = new int[old.Length * 2];
        _shift--;
        foreach (var entry in old)
        {
            if (entry == 0)
                continue;
            var slot = Home(keyOf(entry - 1));
            while (_slots[slot] != 0)
                slot = Next(slot);
            _slots[slot] = entry;
        }
    }
}
