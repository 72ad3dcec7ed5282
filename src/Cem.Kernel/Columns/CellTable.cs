using System.Collections;

namespace Cem.Kernel.Columns;

/// <summary>
/// The answer to a query: its cells that have a row, counted or excluded, in no promised order. A value of its own:
/// later changes of the store do not touch it.
/// </summary>
public sealed class CellTable : IReadOnlyList<Cell>
{
    readonly QueryPlan _plan;
    readonly long[] _keys;
    readonly int[] _slots;
    readonly ClusterPart? _clusters;

    internal CellTable(QueryPlan plan, long[] keys, int[] counts)
    {
        _plan = plan;
        (_keys, _slots, _clusters) = (keys, counts, null);
        if (plan.Cluster is not null)
            (_keys, _slots, _clusters) = SumClusters(keys, counts);
    }

    public int Count => _keys.Length;

    public Cell this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new(this, index);
        }
    }

    public IEnumerator<Cell> GetEnumerator()
    {
        for (var cell = 0; cell < Count; cell++)
            yield return new(this, cell);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int Width => _plan.Scale.Bins + 1;

    internal Histogram CountsOf(int cell) => new(_slots.AsMemory(cell * Width, Width));

    internal Member MemberOf(int cell, string dimension)
    {
        foreach (var axis in _plan.Groups)
        {
            if (axis.Name == dimension)
                return axis.Members[axis.CodeAt(_keys[cell])];
        }

        throw new ArgumentException($"The query does not group by '{dimension}'.", nameof(dimension));
    }

    internal int PeriodOf(int cell) => _plan.HasPeriods
        ? _plan.PeriodLabels[_plan.Groups[^1].CodeAt(_keys[cell])]
        : throw new InvalidOperationException("The query does not group by period.");

    internal ClusterList ClustersOf(int cell) => _clusters is { } part
        ? new(this, part.First[cell], part.First[cell + 1])
        : throw new InvalidOperationException("The query does not ask for clusters.");

    internal ClusterCounts ClusterAt(int position) => new(
        _plan.ClusterIds[_plan.Cluster!.CodeAt(_clusters!.Keys[position])],
        new(_clusters.Slots.AsMemory(position * Width, Width)));

    /// <summary>From one entry a cell and cluster, ascending, to one a cell with its clusters beside it.</summary>
    (long[] Keys, int[] Slots, ClusterPart Part) SumClusters(long[] keys, int[] counts)
    {
        var cells = new List<long>();
        var firsts = new List<int>();
        var size = Math.Max(_plan.Cluster!.Size, 1);
        var end = long.MinValue;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] < end)
                continue;
            // The key the cell has with its first cluster, so that the other axes read it as they do any.
            cells.Add(keys[i] / size * size);
            firsts.Add(i);
            end = cells[^1] + size;
        }

        firsts.Add(keys.Length);
        var sums = new int[cells.Count * Width];
        for (var cell = 0; cell < cells.Count; cell++)
        {
            for (var at = firsts[cell] * Width; at < firsts[cell + 1] * Width; at += Width)
            {
                for (var slot = 0; slot < Width; slot++)
                    sums[cell * Width + slot] += counts[at + slot];
            }
        }

        return ([.. cells], sums, new([.. firsts], keys, counts));
    }

    /// <summary>Keys and counts by cell and cluster, and where in them each cell begins, with the end of the last.</summary>
    sealed record ClusterPart(int[] First, long[] Keys, int[] Slots);
}

/// <summary>One cell of a <see cref="CellTable"/>.</summary>
public readonly struct Cell
{
    readonly CellTable _table;
    readonly int _index;

    internal Cell(CellTable table, int index) => (_table, _index) = (table, index);

    /// <summary>The cell's member of a dimension the query groups by.</summary>
    /// <exception cref="ArgumentException">It does not group by it.</exception>
    public Member this[string dimension] => _table.MemberOf(_index, dimension);

    /// <summary>The label of the cell's period.</summary>
    /// <exception cref="InvalidOperationException">The query has no periods.</exception>
    public int Period => _table.PeriodOf(_index);

    public Histogram Counts => _table.CountsOf(_index);

    /// <summary>The cell's clusters, each once; their counts add up to the cell's.</summary>
    /// <exception cref="InvalidOperationException">The query does not ask for clusters.</exception>
    public ClusterList Clusters => _table.ClustersOf(_index);
}

/// <summary>The clusters of one cell.</summary>
public readonly struct ClusterList : IReadOnlyList<ClusterCounts>
{
    readonly CellTable _table;
    readonly int _first;
    readonly int _end;

    internal ClusterList(CellTable table, int first, int end) => (_table, _first, _end) = (table, first, end);

    public int Count => _end - _first;

    public ClusterCounts this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _table.ClusterAt(_first + index);
        }
    }

    public IEnumerator<ClusterCounts> GetEnumerator()
    {
        for (var position = _first; position < _end; position++)
            yield return _table.ClusterAt(position);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
