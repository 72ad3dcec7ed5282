namespace Cem.Kernel.Columns;

/// <summary>A query made ready for one snapshot.</summary>
internal sealed class QueryPlan
{
    readonly (Axis Axis, long[] Contributions)[] _steps;
    readonly long _keys;
    readonly int _rows;

    public QueryPlan(CellQuery query, Selection selection, ColumnStore store, int rows)
    {
        Scale = query.Scale;
        Selection = selection;
        _rows = rows;
        var axes = query.By.Select(name => OfDimension(name, store)).ToList();
        if (query.Periods is { } periods)
            axes.Add(Axis.OfPeriods(periods, selection.FirstDay, selection.LastDay));
        Groups = [.. axes];
        HasPeriods = query.Periods is not null;
        PeriodLabels = query.Periods?.Labels ?? [];
        if (query.PerCluster)
        {
            Cluster = Axis.OfCodes(null, Segment.Cluster, store.CodesOf(Segment.Cluster), selection.Allowed(Segment.Cluster));
            ClusterIds = store.Clusters.Values.ToArray();
            axes.Add(Cluster);
        }

        _keys = 1;
        foreach (var axis in Enumerable.Reverse(axes))
        {
            axis.Stride = _keys;
            if (_keys > long.MaxValue / (Scale.Bins + 1) / Math.Max(axis.Size, 1))
                throw new InvalidOperationException("Too many combinations: group by fewer dimensions at once.");
            _keys *= Math.Max(axis.Size, 1);
        }

        _steps = [.. axes.Where(axis => axis.Size > 1).Select(axis => (axis, axis.Contributions()))];
    }

    public Scale Scale { get; }

    public Selection Selection { get; }

    /// <summary>The dimensions, then the periods if asked for.</summary>
    public IReadOnlyList<Axis> Groups { get; }

    public bool HasPeriods { get; }

    public IReadOnlyList<int> PeriodLabels { get; }

    /// <summary>The fastest-varying axis; null unless asked for.</summary>
    public Axis? Cluster { get; }

    public long[] ClusterIds { get; } = [];

    public Tally NewTally() => Tally.Create(_keys, Scale.Bins + 1, _rows);

    /// <summary>The key of each selected row.</summary>
    public void Keys(Segment segment, int first, ReadOnlySpan<int> rows, Span<long> keys)
    {
        keys.Clear();
        foreach (var (axis, contributions) in _steps)
            segment.Columns[axis.Column].AddTo(keys, first, rows, contributions, axis.LowestCode);
    }

    Axis OfDimension(string name, ColumnStore store)
    {
        var column = store.ColumnOf(name);
        var axis = Axis.OfCodes(name, column, store.CodesOf(column), Selection.Allowed(column));
        return axis with { Members = store.MembersOf(column).ToArray() };
    }
}
