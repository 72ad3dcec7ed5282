namespace Cem.Kernel.Columns;

/// <summary>One question to the columns: which rows, on which scale, broken down how.</summary>
/// <param name="Scale">Turns values into the bins of the histograms.</param>
public sealed record CellQuery(Scale Scale)
{
    /// <summary>The rows to count; all of them unless said.</summary>
    public Filter Filter { get; init; } = Filter.All;

    /// <summary>Names of the dimensions to group by, any number, none for one cell.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Group by period too, and count only the days it covers.</summary>
    public Periods? Periods { get; init; }

    /// <summary>Also one histogram for each cluster of a cell (clustered errors, one vote a cluster, coverage).</summary>
    public bool PerCluster { get; init; }
}
