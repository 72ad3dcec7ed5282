using MathNet.Numerics.LinearAlgebra;

namespace Cem.Kernel.Statistics;

/// <summary>
/// How much each of several correlated predictors contributes to R², from their correlations with each other and with
/// the outcome. Predictors that repeat others add nothing to R², and share with them.
/// </summary>
public sealed class RelativeImportance
{
    /// <summary>Beyond this many, going through all subsets takes too long.</summary>
    public const int LargestExact = 18;

    const double Tolerance = 1e-10;

    readonly double[,] _correlations;
    readonly double[] _outcome;

    /// <param name="correlations">p x p, symmetric, ones on the diagonal.</param>
    /// <param name="outcome">The p correlations with the outcome.</param>
    public RelativeImportance(double[,] correlations, double[] outcome) => (_correlations, _outcome) = (correlations, outcome);

    int Count => _outcome.Length;

    /// <summary>R² of all predictors.</summary>
    public double R2 => Subset([.. Enumerable.Range(0, Count)], _outcome);

    /// <summary>Standardised regression coefficients; where predictors repeat others, the smallest that fit (pseudo-inverse).</summary>
    public double[] Betas()
    {
        var evd = Matrix<double>.Build.DenseOfArray(_correlations).Evd(Symmetricity.Symmetric);
        var along = evd.EigenVectors.TransposeThisAndMultiply(Vector<double>.Build.Dense(_outcome));
        for (var m = 0; m < Count; m++) along[m] = evd.EigenValues[m].Real > Tolerance ? along[m] / evd.EigenValues[m].Real : 0;
        return (evd.EigenVectors * along).ToArray();
    }

    /// <summary>What R² would lose without each one.</summary>
    public double[] Last()
    {
        var all = R2;
        return [.. Enumerable.Range(0, Count).Select(j => all - Subset(Others(j), _outcome))];
    }

    /// <summary>Variance inflation 1 / (1 - R² of a predictor on the others); null where they determine it.</summary>
    public double?[] Vif() =>
        [.. Enumerable.Range(0, Count).Select(j => 1 - Subset(Others(j), Column(j)) is > Tolerance and var left ? (double?)(1 / left) : null)];

    /// <summary>
    /// The average gain in R² over all orders of entry (Lindeman, Merenda and Gold 1980), which is the Shapley value:
    /// never negative, adds up to R². Exact, by all subsets.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are more than <see cref="LargestExact"/> predictors.</exception>
    public double[] Lmg()
    {
        var p = Count;
        if (p > LargestExact) throw new InvalidOperationException($"At most {LargestExact} predictors can be taken in all orders.");
        var r2 = new double[1 << p];
        Fill(r2, 0, 0, new double[p, p], new int[p], new double[p], 0);
        // |S|! (p-|S|-1)! / p! for a subset without the predictor.
        var weight = new double[p];
        weight[0] = 1.0 / p;
        for (var size = 1; size < p; size++) weight[size] = weight[size - 1] * size / (p - size);
        var lmg = new double[p];
        for (var subset = 0; subset < r2.Length; subset++)
        {
            var size = int.PopCount(subset);
            for (var j = 0; j < p; j++)
                if ((subset & 1 << j) == 0) lmg[j] += weight[size] * (r2[subset | 1 << j] - r2[subset]);
        }
        return [.. lmg.Select(share => Math.Max(0, share))];
    }

    /// <summary>Johnson's relative weights (2000, Multivar. Behav. Res. 35:1-19): nearly LMG at a fraction of the cost, add up to R².</summary>
    public double[] Johnson()
    {
        var p = Count;
        var evd = Matrix<double>.Build.DenseOfArray(_correlations).Evd(Symmetricity.Symmetric);
        var roots = evd.EigenValues.Map(value => value.Real > Tolerance ? Math.Sqrt(value.Real) : 0).ToArray();
        var v = evd.EigenVectors;
        var weights = new double[p];
        for (var k = 0; k < p; k++)
        {
            // b = L⁻¹ r with L = V Λ^½ V'; directions without variance carry nothing.
            double b = 0;
            for (var m = 0; m < p; m++)
                if (roots[m] > 0)
                    for (var i = 0; i < p; i++) b += v[k, m] * v[i, m] / roots[m] * _outcome[i];
            for (var j = 0; j < p; j++)
            {
                double link = 0;
                for (var m = 0; m < p; m++) link += v[j, m] * roots[m] * v[k, m];
                weights[j] += link * link * b * b;
            }
        }
        return weights;
    }

    int[] Others(int j) => [.. Enumerable.Range(0, Count).Where(k => k != j)];

    double[] Column(int j) => [.. Enumerable.Range(0, Count).Select(k => _correlations[k, j])];

    // Visits all subsets that contain what is chosen and any later predictors, growing one Cholesky factor.
    void Fill(double[] r2, int subset, double sum, double[,] factor, int[] chosen, double[] z, int size)
    {
        r2[subset] = sum;
        for (var j = subset == 0 ? 0 : int.Log2(subset) + 1; j < Count; j++)
        {
            var added = Append(factor, chosen, z, size, j, _outcome);
            Fill(r2, subset | 1 << j, sum + (added ? z[size] * z[size] : 0), factor, chosen, z, added ? size + 1 : size);
        }
    }

    double Subset(int[] members, double[] outcome)
    {
        var factor = new double[Count, Count];
        var chosen = new int[Count];
        var z = new double[Count];
        var size = 0;
        double sum = 0;
        foreach (var j in members)
            if (Append(factor, chosen, z, size, j, outcome))
            {
                sum += z[size] * z[size];
                size++;
            }
        return sum;
    }

    // One more row of the Cholesky factor; false where the predictor is determined by those chosen before.
    bool Append(double[,] factor, int[] chosen, double[] z, int size, int j, double[] outcome)
    {
        var left = 1.0;
        var rest = outcome[j];
        for (var row = 0; row < size; row++)
        {
            var value = _correlations[chosen[row], j];
            for (var k = 0; k < row; k++) value -= factor[row, k] * factor[size, k];
            value /= factor[row, row];
            factor[size, row] = value;
            left -= value * value;
            rest -= value * z[row];
        }
        if (!(left > Tolerance)) return false;
        factor[size, size] = Math.Sqrt(left);
        chosen[size] = j;
        z[size] = rest / factor[size, size];
        return true;
    }
}
