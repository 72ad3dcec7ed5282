namespace Cem.Kernel.Statistics;

/// <summary>Weights from pairwise judgements and how far these agree with each other.</summary>
/// <param name="Ratio">Consistency ratio CI / RI; 0 for one or two criteria, which cannot contradict each other.</param>
public sealed record PairwiseResult(double[] Weights, double LambdaMax, double Index, double Ratio)
{
    /// <summary>Saaty's rule: a ratio of at most 0.1.</summary>
    public bool Consistent => Ratio <= 0.1;
}

/// <summary>Analytic hierarchy process (Saaty 1980).</summary>
public static class PairwiseWeights
{
    // Saaty's random indices for 1 to 15 criteria.
    static readonly double[] Random = [0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

    /// <summary>The most criteria that random indices are published for.</summary>
    public static int Largest => Random.Length;

    /// <summary>How far the product of a judgement and its mirror may lie from 1: people write 0.33 and 0.167.</summary>
    public const double ReciprocalTolerance = 0.05;

    /// <summary>The principal eigenvector of a positive matrix, by power iteration, scaled to a sum of 1.</summary>
    public static PairwiseResult Solve(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        double[] weights = [.. Enumerable.Repeat(1.0 / n, n)];
        double lambda = n, change = 1;
        // A positive matrix has one dominant eigenvalue, so this converges; judgements need far fewer rounds.
        for (var round = 0; round < 10_000 && change > 1e-15; round++)
        {
            var next = new double[n];
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++) next[i] += matrix[i, j] * weights[j];
            lambda = next.Sum();
            change = 0;
            for (var i = 0; i < n; i++)
            {
                next[i] /= lambda;
                change = Math.Max(change, Math.Abs(next[i] - weights[i]));
            }
            weights = next;
        }
        var index = n > 1 ? (lambda - n) / (n - 1) : 0;
        return new(weights, lambda, index, Random[n - 1] > 0 ? index / Random[n - 1] : 0);
    }
}
