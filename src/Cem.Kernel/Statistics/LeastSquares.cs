namespace Cem.Kernel.Statistics;

/// <summary>Ordinary least squares with an intercept.</summary>
public static class LeastSquares
{
    // A column whose part not explained by the earlier ones is smaller than this carries nothing of its own.
    const double Tolerance = 1e-10;

    /// <summary>One coefficient; every figure of it is null for a column that repeats earlier ones.</summary>
    public sealed record Coefficient(double? Value, double? StandardError, double? T, double? P);

    /// <summary>A fitted model. The first coefficient is the intercept.</summary>
    /// <param name="AdjustedR2">Null, like standard errors, without degrees of freedom left.</param>
    public sealed record Fit(IReadOnlyList<Coefficient> Coefficients, double R2, double? AdjustedR2, int DegreesOfFreedom);

    /// <summary>Fits y on the columns by twice-repeated Gram-Schmidt orthogonalisation, which is as stable as Householder's.</summary>
    /// <returns>null when y is constant.</returns>
    /// <exception cref="ArgumentException">A column has another length than y.</exception>
    public static Fit? Of(IReadOnlyList<double[]> columns, double[] y)
    {
        int n = y.Length, count = columns.Count + 1;
        if (columns.Any(column => column.Length != n)) throw new ArgumentException("Every column must be as long as y.", nameof(columns));
        var basis = new double[count][];
        var r = new double[count, count];
        var projections = new double[count];
        for (var j = 0; j < count; j++)
        {
            var v = j == 0 ? [.. Enumerable.Repeat(1.0, n)] : (double[])columns[j - 1].Clone();
            var size = Math.Sqrt(Dot(v, v));
            for (var pass = 0; pass < 2; pass++)
                for (var i = 0; i < j; i++)
                {
                    if (basis[i] is not { } q) continue;
                    var part = Dot(q, v);
                    r[i, j] += part;
                    for (var k = 0; k < n; k++) v[k] -= part * q[k];
                }
            var left = Math.Sqrt(Dot(v, v));
            if (!(left > Tolerance * size)) continue;
            r[j, j] = left;
            for (var k = 0; k < n; k++) v[k] /= left;
            basis[j] = v;
            projections[j] = Dot(v, y);
        }
        var mean = y.Average();
        var total = y.Sum(value => (value - mean) * (value - mean));
        if (!(total > Tolerance * Tolerance * Dot(y, y))) return null;
        var residual = (double[])y.Clone();
        for (var j = 0; j < count; j++)
            if (basis[j] is { } q)
                for (var k = 0; k < n; k++) residual[k] -= projections[j] * q[k];
        int[] used = [.. Enumerable.Range(0, count).Where(j => basis[j] is not null)];
        var rss = Dot(residual, residual);
        var df = n - used.Length;
        double r2 = 1 - rss / total;
        return new(Solve(r, projections, used, count, df, rss), r2, df > 0 ? 1 - (1 - r2) * (n - 1) / df : null, df);
    }

    // Back substitution; the rows of the inverse of R give the variances.
    static Coefficient[] Solve(double[,] r, double[] projections, int[] used, int count, int df, double rss)
    {
        var values = new double[count];
        var inverse = new double[count, count];
        foreach (var j in used.Reverse())
        {
            var value = projections[j];
            foreach (var k in used.Where(k => k > j)) value -= r[j, k] * values[k];
            values[j] = value / r[j, j];
            inverse[j, j] = 1 / r[j, j];
            foreach (var k in used.Where(k => k > j))
                inverse[j, k] = -used.Where(m => m > j && m <= k).Sum(m => r[j, m] * inverse[m, k]) / r[j, j];
        }
        var coefficients = new Coefficient[count];
        for (var j = 0; j < count; j++)
        {
            if (!used.Contains(j)) { coefficients[j] = new(null, null, null, null); continue; }
            var row = used.Sum(k => inverse[j, k] * inverse[j, k]);
            double? se = df > 0 ? Math.Sqrt(row * rss / df) : null;
            double? t = se > 0 ? values[j] / se : null;
            coefficients[j] = new(values[j], se, t, t is { } score ? StudentT.TwoSidedP(score, df) : null);
        }
        return coefficients;
    }

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
