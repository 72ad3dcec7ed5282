using MathNet.Numerics.LinearAlgebra;

namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>The answers to the items of a path model, one array an item, without gaps.</summary>
internal sealed record ItemData(IReadOnlyList<string> Names, IReadOnlyList<double[]> Columns, int Excluded)
{
    public int N => Columns.Count == 0 ? 0 : Columns[0].Length;

    public double Mean(int item) => Columns[item].Average();

    /// <summary>Standard deviation, n-1 form.</summary>
    public double Sd(int item)
    {
        var mean = Mean(item);
        return Math.Sqrt(Columns[item].Sum(v => (v - mean) * (v - mean)) / (N - 1));
    }

    /// <summary>Covariances (n-1) of the items over rows, or their correlations when standardised; null when an item does not vary.</summary>
    /// <param name="rows">The rows, repeated where drawn several times.</param>
    public Matrix<double>? Covariances(int[] rows, bool standardised)
    {
        var centred = new double[Columns.Count][];
        for (var j = 0; j < centred.Length; j++)
        {
            var column = Columns[j];
            double[] drawn = [.. rows.Select(i => column[i])];
            var mean = drawn.Average();
            var squares = drawn.Sum(v => (v - mean) * (v - mean));
            if (!(squares > 1e-20)) return null;
            var scale = standardised ? Math.Sqrt(squares) : Math.Sqrt(rows.Length - 1);
            centred[j] = [.. drawn.Select(v => (v - mean) / scale)];
        }
        var matrix = Matrix<double>.Build.Dense(centred.Length, centred.Length);
        for (var i = 0; i < centred.Length; i++)
            for (var j = 0; j <= i; j++)
            {
                double sum = 0;
                double[] a = centred[i], b = centred[j];
                for (var k = 0; k < a.Length; k++) sum += a[k] * b[k];
                matrix[i, j] = matrix[j, i] = sum;
            }
        return matrix;
    }
}
