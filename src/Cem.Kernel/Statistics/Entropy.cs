namespace Cem.Kernel.Statistics;

/// <summary>Weights by how much each column tells the rows apart (Shannon 1948).</summary>
public static class Entropy
{
    /// <summary>Rows are units, columns indicators of which more is better; at least one row. w ~ 1 - e with e the entropy of the min-max shares over ln n; a constant column gets 0, all constant are equal.</summary>
    public static double[] Weights(IReadOnlyList<double[]> rows)
    {
        var columns = rows[0].Length;
        var spread = new double[columns];
        for (var j = 0; j < columns; j++)
        {
            double smallest = rows.Min(row => row[j]), range = rows.Max(row => row[j]) - smallest;
            if (!(range > 0)) continue;
            var sum = rows.Sum(row => (row[j] - smallest) / range);
            var entropy = -rows.Sum(row => (row[j] - smallest) / range / sum is > 0 and var p ? p * Math.Log(p) : 0) / Math.Log(rows.Count);
            spread[j] = Math.Max(0, 1 - entropy);
        }
        var all = spread.Sum();
        return [.. spread.Select(s => all > 0 ? s / all : 1.0 / columns)];
    }
}
