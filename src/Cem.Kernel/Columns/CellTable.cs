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
    readonly int[] _firstCluster;
    readonly ClusterCounts[] _clusters;

    internal CellTable(QueryPlan plan, long[] keys, int[] counts)
    {
        _plan = plan;
        (_keys, _slots, _firstCluster, _clusters) = (keys, counts, [], []);
        if (plan.Cluster is { } axis)
            (_keys, _slots, _firstCluster, _clusters) = SumClusters(axis, keys, counts);
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

    internal ArraySegment<ClusterCounts> ClustersOf(int cell) => _plan.Cluster is null
        ? throw new InvalidOperationException("The query does not ask for clusters.")
        : new(_clusters, _firstCluster[cell], _firstCluster[cell + 1] - _firstCluster[cell]);

    /// <summary>From one entry a cell and cluster, ascending, to one a cell with its clusters beside it.</summary>
    (long[] Keys, int[] Slots, int[] FirstCluster, ClusterCounts[] Clusters) SumClusters(Axis axis, long[] keys, int[] counts)
    {
        var cells = new List<long>();
        var firsts = new List<int>();
        var clusters = new ClusterCounts[keys.Length];
        var size = Math.Max(axis.Size, 1);
        for (var i = 0; i < keys.Length; i++)
        {
            // Keys of the cell with cluster 0, so that the axes read them as they do any other.
            var cell = keys[i] - keys[i] % size;
            if (cells.Count == 0 || cells[^1] != cell)
            {
                cells.Add(cell);
                firsts.Add(i);
            }

            clusters[i] = new(_plan.ClusterIds[axis.CodeAt(keys[i])], new(counts.AsMemory(i * Width, Width)));
        }

        firsts.Add(keys.Length);
        var sums = new int[cells.Count * Width];
        for (var cell = 0; cell < cells.Count; cell++)
        {
            for (var i = firsts[cell] * Width; i < firsts[cell + 1] * Width; i++)
                sums[cell * Width + i % Width] += counts[i];
        }

        return ([.. cells], sums, [.. firsts], clusters);
    }
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
    public IReadOnlyList<ClusterCounts> Clusters => _table.ClustersOf(_index);
}
