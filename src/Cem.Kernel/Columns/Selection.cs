namespace Cem.Kernel.Columns;

/// <summary>A filter made ready for one snapshot: per column the allowed codes, and a range of day codes.</summary>
internal sealed class Selection
{
    readonly (int Column, byte[] Allowed)[] _conditions;
    readonly bool _none;

    /// <param name="filter">The conditions.</param>
    /// <param name="from">First day code to take, after the filter's own.</param>
    /// <param name="to">Last day code, included.</param>
    /// <param name="store">Knows columns and vocabularies.</param>
    public Selection(Filter filter, int from, int to, ColumnStore store)
    {
        (FirstDay, LastDay) = (from, to);
        var byColumn = new SortedDictionary<int, byte[]>();
        foreach (var condition in filter.Conditions)
        {
            var column = condition.Dimension is { } name ? store.ColumnOf(name) : Segment.Cluster;
            if (!byColumn.TryGetValue(column, out var allowed))
                byColumn[column] = allowed = Ones(store.CodesOf(column));
            Narrow(allowed, condition, column, store);
        }

        _conditions =
        [
            .. byColumn.Where(pair => pair.Value.Contains((byte)0))
                .OrderBy(pair => pair.Value.Count(code => code == 1) / (double)pair.Value.Length)
                .Select(pair => (pair.Key, pair.Value)),
        ];
        _none = to < from || _conditions.Any(condition => !condition.Allowed.Contains((byte)1));
    }

    /// <summary>Bounds of the day codes, both included; no day passes if the last comes before the first.</summary>
    public int FirstDay { get; }

    public int LastDay { get; }

    /// <summary>The codes of a column that can pass, 1 each; null for all of them.</summary>
    public byte[]? Allowed(int column) =>
        Array.Find(_conditions, condition => condition.Column == column).Allowed;

    /// <summary>Whether no row of the segment can pass.</summary>
    public bool Skips(Segment segment) => _none || segment.LastDay < FirstDay || segment.FirstDay > LastDay;

    /// <summary>Leaves in <paramref name="rows"/> those that live at the version and pass; returns how many.</summary>
    public int Keep(Segment segment, int first, Span<int> rows, long version)
    {
        if (segment.FirstDay < FirstDay || segment.LastDay > LastDay)
            rows = rows[..segment.Columns[Segment.Day].KeepBetween(first, rows, FirstDay, LastDay)];
        foreach (var (column, allowed) in _conditions)
            rows = rows[..segment.Columns[column].Keep(first, rows, allowed)];
        return segment.Died is { } died ? KeepLiving(died.AsSpan(first), rows, version) : rows.Length;
    }

    static int KeepLiving(ReadOnlySpan<long> died, Span<int> rows, long version)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            if (died[row] == 0 || died[row] > version)
                kept++;
        }

        return kept;
    }

    static byte[] Ones(int length)
    {
        var ones = new byte[length];
        ones.AsSpan().Fill(1);
        return ones;
    }

    static void Narrow(byte[] allowed, Filter.Condition condition, int column, ColumnStore store)
    {
        // A vocabulary may have grown since the array was made: later codes are in no visible row.
        if (condition.Cluster is { } holds)
        {
            var clusters = store.Clusters.Values;
            for (var code = 0; code < allowed.Length; code++)
                allowed[code] &= holds(clusters[code]) ? (byte)1 : (byte)0;
            return;
        }

        var members = store.MembersOf(column);
        for (var code = 0; code < allowed.Length; code++)
            allowed[code] &= condition.Member!(members[code]) ? (byte)1 : (byte)0;
    }
}
