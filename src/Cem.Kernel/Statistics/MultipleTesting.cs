namespace Cem.Kernel.Statistics;

/// <summary>p values adjusted for the number of tests made in one run; the answers keep the order of the question.</summary>
public static class MultipleTesting
{
    /// <summary>Benjamini and Hochberg (1995): controls the share of false alarms among the alarms.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var smallest = 1.0;
        var order = Ascending(p);
        for (var rank = p.Count; rank >= 1; rank--)
        {
            var i = order[rank - 1];
            smallest = Math.Min(smallest, p[i] * p.Count / rank);
            adjusted[i] = smallest;
        }
        return adjusted;
    }

    /// <summary>Holm (1979): controls the chance of any false alarm at all.</summary>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var largest = 0.0;
        var order = Ascending(p);
        for (var rank = 1; rank <= p.Count; rank++)
        {
            var i = order[rank - 1];
            largest = Math.Max(largest, Math.Min(1, p[i] * (p.Count - rank + 1)));
            adjusted[i] = largest;
        }
        return adjusted;
    }

    static int[] Ascending(IReadOnlyList<double> p) => [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
}
