namespace Cem.Kernel.Statistics;

/// <summary>
/// What a low and a high level of each of several factors do to an outcome, against the level between, in one least-squares
/// regression on two dummies a factor. Standard errors hold where rows of one cluster are not independent (Liang and Zeger 1986,
/// corrected for few clusters as Stata does: G/(G-1) (n-1)/(n-k), t of G-1 degrees of freedom).
/// </summary>
public sealed class LevelContrasts
{
    public const byte Between = 0;
    public const byte Low = 1;
    public const byte High = 2;

    // What the columns before it leave of one, as a share of it: less carries nothing of its own.
    const double Tolerance = 1e-9;

    readonly byte[][] levels;
    readonly double[,] inverse;
    readonly bool[] used;
    readonly double[] coefficients;
    readonly double[] parts;
    readonly double[] counts;
    readonly double correction;

    LevelContrasts(IReadOnlyList<byte[]> factors, double[] y, int[] clusters)
    {
        levels = [.. factors];
        var count = 1 + 2 * factors.Count;
        (used, coefficients) = (new bool[count], new double[count]);
        inverse = Moments(y, count);
        counts = [.. Enumerable.Range(0, count).Select(k => inverse[k, k])];
        for (var k = 0; k < count; k++)
            if (used[k] = inverse[k, k] > Tolerance * counts[k])
                Sweep(inverse, k);
        for (var k = 0; k < count; k++)
            coefficients[k] = used[k] ? inverse[k, count] : 0;
        Clusters = clusters.Length == 0 ? 0 : clusters.Max() + 1;
        parts = Parts(y, clusters);
        var left = y.Length - used.Count(each => each);
        correction = left > 0 && Clusters > 1 ? (double)Clusters / (Clusters - 1) * (y.Length - 1) / left : double.NaN;
    }

    /// <summary>An effect or a difference of effects, in the unit of the outcome; errors are null with fewer than two clusters.</summary>
    public sealed record Effect(double Value, double? StandardError, double? P, Interval? Interval);

    public int Clusters { get; }

    /// <summary>The outcome where every factor is at the level between.</summary>
    public double Intercept => coefficients[0];

    /// <summary>Fits the outcome on the levels of the factors.</summary>
    /// <param name="factors">One array a factor, each value <see cref="Between"/>, <see cref="Low"/> or <see cref="High"/>.</param>
    /// <param name="clusters">Of each row: 0 to the number of clusters - 1, each of them somewhere.</param>
    public static LevelContrasts Of(IReadOnlyList<byte[]> factors, double[] y, int[] clusters) => new(factors, y, clusters);

    /// <summary>Rows of a factor at a level.</summary>
    public int Count(int factor, byte level) =>
        (int)(level == Between ? counts[0] - counts[Column(factor, Low)] - counts[Column(factor, High)] : counts[Column(factor, level)]);

    /// <summary>The effect of a level; null where no row has it, or what other factors say determines it.</summary>
    public Effect? Of(int factor, byte level, double confidence) => Combined(confidence, Column(factor, level));

    /// <summary>The sum of the effects of the low and the high level: above 0 where a high one earns more than a low one costs.</summary>
    public Effect? Balance(int factor, double confidence) => Combined(confidence, Column(factor, Low), Column(factor, High));

    Effect? Combined(double confidence, params ReadOnlySpan<int> columns)
    {
        var value = 0.0;
        foreach (var column in columns)
        {
            if (!used[column])
                return null;
            value += coefficients[column];
        }
        if (double.IsNaN(correction))
            return new(value, null, null, null);
        var squares = 0.0;
        for (var cluster = 0; cluster < Clusters; cluster++)
        {
            var part = 0.0;
            foreach (var column in columns)
                for (var k = 0; k < used.Length; k++)
                    if (used[k])
                        part += inverse[column, k] * parts[cluster * used.Length + k];
            squares += part * part;
        }
        var error = Math.Sqrt(correction * squares);
        var half = StudentT.T(confidence, Clusters - 1) * error;
        return new(value, error, error > 0 ? StudentT.TwoSidedP(value / error, Clusters - 1) : null, new(value - half, value + half));
    }

    static int Column(int factor, byte level) => 2 * factor + level;

    /// <summary>The columns that are 1 in a row, ascending, the intercept first.</summary>
    int Ones(int row, Span<int> ones)
    {
        var n = 1;
        for (var j = 0; j < levels.Length; j++)
            if (levels[j][row] is not Between and var level)
                ones[n++] = Column(j, level);
        return n;
    }

    // Counts of rows and sums of the outcome, which is the last column. Flat while rows pass: there may be hundreds of thousands.
    double[,] Moments(double[] y, int count)
    {
        var (products, sums) = (new double[count * count], new double[count]);
        Span<int> ones = stackalloc int[1 + levels.Length];
        ones[0] = 0;
        for (var row = 0; row < y.Length; row++)
        {
            var n = Ones(row, ones);
            for (var i = 0; i < n; i++)
            {
                var line = ones[i] * count;
                sums[ones[i]] += y[row];
                for (var j = 0; j <= i; j++)
                    products[line + ones[j]]++;
            }
        }
        var moments = new double[count + 1, count + 1];
        for (var i = 0; i < count; i++)
        {
            moments[i, count] = sums[i];
            for (var j = 0; j <= i; j++)
                moments[i, j] = moments[j, i] = products[i * count + j];
        }
        return moments;
    }

    // By each cluster, the sums of the residuals over the rows of a column.
    double[] Parts(double[] y, int[] clusters)
    {
        var sums = new double[Clusters * used.Length];
        Span<int> ones = stackalloc int[1 + levels.Length];
        ones[0] = 0;
        for (var row = 0; row < y.Length; row++)
        {
            var n = Ones(row, ones);
            var residual = y[row];
            for (var i = 0; i < n; i++)
                residual -= coefficients[ones[i]];
            var line = clusters[row] * used.Length;
            for (var i = 0; i < n; i++)
                sums[line + ones[i]] += residual;
        }
        return sums;
    }

    // The sweep operator: of a matrix whose used columns are swept, they hold the inverse, and the last column the coefficients.
    static void Sweep(double[,] a, int k)
    {
        var size = a.GetLength(0);
        var pivot = a[k, k];
        for (var j = 0; j < size; j++)
            a[k, j] /= pivot;
        for (var i = 0; i < size; i++)
        {
            if (i == k)
                continue;
            var factor = a[i, k];
            for (var j = 0; j < size; j++)
                a[i, j] -= factor * a[k, j];
            a[i, k] = -factor / pivot;
        }
        a[k, k] = 1 / pivot;
    }
}
