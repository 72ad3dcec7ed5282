namespace Cem.Kernel.Columns;

/// <summary>What a reader sees, all of it fixed: published whole by one write of one reference.</summary>
/// <param name="Segments">By slot; null where a slot is free. All full but the last written.</param>
/// <param name="Tail">Slot of the segment being filled.</param>
/// <param name="TailRows">Rows of it that exist.</param>
/// <param name="Version">Rows that died at this version or before are gone.</param>
/// <param name="Rows">Rows alive.</param>
internal sealed record Snapshot(Segment?[] Segments, int Tail, int TailRows, long Version, int Rows)
{
    public int RowsIn(int slot) => slot == Tail ? TailRows : Segments[slot]?.Keys.Length ?? 0;
}
