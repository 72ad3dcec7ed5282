using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.KeyDrivers;

/// <summary>Influence of each driver on the outcome, in the order of the drivers; null for a driver that never varies.</summary>
/// <param name="Lmg">Shares of R²; null as a whole beyond <see cref="RelativeImportance.LargestExact"/> drivers.</param>
internal sealed record DriverInfluence(double R2, double?[] Correlation, double?[] Vif, double?[] Last, double?[]? Lmg, double?[] Johnson)
{
    /// <summary>The shares to rank by: LMG, or Johnson's weights where there are too many drivers for it.</summary>
    public double?[] Shares => Lmg ?? Johnson;

    /// <summary>Shares in percent of R²; null where nothing is explained.</summary>
    public static double?[]? Percent(double?[]? shares, double r2) =>
        shares is null ? null : [.. shares.Select(share => r2 > 0 ? 100 * share / r2 : null)];
}

/// <summary>Derived importance of drivers.</summary>
internal static class KeyDriversMath
{
    /// <summary>Drivers that vary at all, by index.</summary>
    public static IReadOnlyList<int> Varying(DriverData data) =>
        [.. Enumerable.Range(0, data.Columns.Count).Where(j => Varies(data.Columns[j]))];

    public static bool Varies(double[] values) => values.Length > 1 && values.Max() > values.Min();

    /// <summary>The influence of all drivers; null when the outcome or every driver is constant.</summary>
    public static DriverInfluence? Influence(DriverData data, bool importanceOnly = false)
    {
        var varying = Varying(data);
        if (!Varies(data.Outcome) || varying.Count == 0) return null;
        var (matrix, outcome) = Correlations([.. varying.Select(j => data.Columns[j])], data.Outcome);
        return Influence(matrix, outcome, varying, data.Columns.Count, importanceOnly);
    }

    /// <summary>The same from moments.</summary>
    /// <param name="largestExact">Beyond so many varying drivers there are Johnson's weights alone.</param>
    public static DriverInfluence? Influence(DriverMoments data, bool importanceOnly = false, int largestExact = RelativeImportance.LargestExact)
    {
        int[] varying = [.. Enumerable.Range(0, data.Drivers).Where(data.Varies)];
        if (!data.Varies(data.Drivers) || varying.Length == 0) return null;
        var matrix = new double[varying.Length, varying.Length];
        for (var i = 0; i < varying.Length; i++)
            for (var j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = i == j ? 1 : data.Correlation(varying[i], varying[j]);
        return Influence(matrix, [.. varying.Select(j => data.Correlation(j, data.Drivers))], varying, data.Drivers, importanceOnly, largestExact);
    }

    static DriverInfluence Influence(double[,] matrix, double[] outcome, IReadOnlyList<int> varying, int drivers, bool importanceOnly, int largestExact = RelativeImportance.LargestExact)
    {
        var importance = new RelativeImportance(matrix, outcome);
        double?[] Spread<T>(T[] values) where T : struct => Place(values.Select(v => (double?)Convert.ToDouble(v, null)).ToArray(), varying, drivers);
        var lmg = outcome.Length <= largestExact ? Spread(importance.Lmg()) : null;
        if (importanceOnly) return new(importance.R2, [], [], [], lmg, lmg ?? Spread(importance.Johnson()));
        return new(importance.R2, Spread(outcome), Place(importance.Vif(), varying, drivers), Spread(importance.Last()), lmg, Spread(importance.Johnson()));
    }

    /// <summary>Percentile limits of each driver's percent of R² over resampled rows; a resample that cannot be computed is skipped and counted.</summary>
    public static (Interval?[] Intervals, int Skipped) Bootstrap(DriverData data, int resamples, int seed, double confidence)
    {
        var random = new Random(seed);
        var draws = new List<double>[data.Drivers.Count];
        for (var j = 0; j < draws.Length; j++) draws[j] = [];
        var skipped = 0;
        for (var i = 0; i < resamples; i++)
        {
            if (Influence(data.Resample(random), importanceOnly: true) is not { R2: > 0 } drawn) { skipped++; continue; }
            for (var j = 0; j < draws.Length; j++)
                if (drawn.Shares[j] is { } share) draws[j].Add(100 * share / drawn.R2);
        }
        return ([.. draws.Select(values => Percentiles.Interval(values, confidence))], skipped);
    }

    /// <summary>Pearson correlations of columns that all vary, among themselves and with the outcome.</summary>
    public static (double[,] Matrix, double[] Outcome) Correlations(IReadOnlyList<double[]> columns, double[] outcome)
    {
        var scaled = columns.Select(Standardise).ToList();
        var y = Standardise(outcome);
        var matrix = new double[columns.Count, columns.Count];
        for (var i = 0; i < columns.Count; i++)
            for (var j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = i == j ? 1 : Dot(scaled[i], scaled[j]);
        return (matrix, [.. scaled.Select(column => Dot(column, y))]);
    }

    // Centred and of length 1, so that a product is a correlation.
    static double[] Standardise(double[] values)
    {
        var mean = values.Average();
        var length = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)));
        return [.. values.Select(v => (v - mean) / length)];
    }

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    static double?[] Place(double?[] values, IReadOnlyList<int> at, int count)
    {
        var all = new double?[count];
        for (var k = 0; k < at.Count; k++) all[at[k]] = values[k];
        return all;
    }
}
