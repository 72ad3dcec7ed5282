using MathNet.Numerics.LinearAlgebra;

namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>A PLS path model estimated from the covariances of its items (correlations, when these are standardised).</summary>
/// <param name="Weights">Items x constructs; they give scores of variance 1.</param>
/// <param name="Correlations">Of the constructs' scores.</param>
/// <param name="Coefficients">[from, to]: regression of each construct on its predecessors, standardised.</param>
/// <param name="Rounds">How many the outer weights took.</param>
internal sealed record PathEstimate(Matrix<double> Weights, Matrix<double> Correlations, Matrix<double> Coefficients, double[] R2, int Rounds)
{
    const double Converged = 1e-7;

    // Beyond what is asked for: costs two or three rounds and makes the figures comparable between programs.
    const double Settled = 1e-12;

    const int LargestRounds = 300;

    // A predictor with less variance of its own than this has no coefficient of its own.
    const double Collinear = 1e-10;

    /// <summary>Wold's algorithm with Lohmöller's inner schemes (Tenenhaus et al. 2005, CSDA 48:159-205).</summary>
    /// <returns>null when the weights do not settle, or predecessors are collinear, or a block has no variance.</returns>
    public static PathEstimate? Of(PathModel model, Matrix<double> covariances)
    {
        var weights = Matrix<double>.Build.Dense(covariances.RowCount, model.Constructs.Count);
        for (var k = 0; k < model.Constructs.Count; k++)
            foreach (var item in model.Constructs[k].Items) weights[item, k] = 1;
        if (!Scale(weights, covariances)) return null;
        var rounds = 0;
        for (var change = 1.0; change > Settled; rounds++)
        {
            if (rounds == LargestRounds)
            {
                if (change < Converged) break;
                return null;
            }
            var next = Outer(model, covariances, weights, Inner(model, Scores(weights, covariances)));
            if (next is null || !Scale(next, covariances)) return null;
            change = (next - weights).Enumerate().Max(Math.Abs);
            if (!double.IsFinite(change)) return null;
            weights = next;
        }
        return Regress(model, Signed(model, weights, covariances), covariances, rounds);
    }

    /// <summary>The same estimate with constructs turned round that point away from a reference, as resamples must be.</summary>
    public PathEstimate? AlignedTo(PathEstimate reference, PathModel model, Matrix<double> covariances)
    {
        var aligned = Weights.Clone();
        for (var k = 0; k < Weights.ColumnCount; k++)
            if ((covariances * Weights.Column(k)).DotProduct(reference.Weights.Column(k)) < 0) aligned.SetColumn(k, -aligned.Column(k));
        return Regress(model, aligned, covariances, Rounds);
    }

    static Matrix<double> Scores(Matrix<double> weights, Matrix<double> covariances) => weights.TransposeThisAndMultiply(covariances * weights);

    // Every construct's scores to variance 1.
    static bool Scale(Matrix<double> weights, Matrix<double> covariances)
    {
        for (var k = 0; k < weights.ColumnCount; k++)
        {
            var column = weights.Column(k);
            var variance = column.DotProduct(covariances * column);
            if (!(variance > 1e-20)) return false;
            weights.SetColumn(k, column / Math.Sqrt(variance));
        }
        return true;
    }

    static Matrix<double>? Inner(PathModel model, Matrix<double> correlations)
    {
        var inner = Matrix<double>.Build.Dense(model.Constructs.Count, model.Constructs.Count);
        for (var k = 0; k < model.Constructs.Count; k++)
        {
            int[] before = model.Predecessors(k), after = model.Successors(k);
            foreach (var j in before.Concat(after))
                inner[j, k] = model.Scheme == InnerScheme.Centroid ? Math.Sign(correlations[j, k]) : correlations[j, k];
            if (model.Scheme != InnerScheme.Path || before.Length == 0) continue;
            if (Regression(correlations, before, k) is not { } coefficients) return null;
            for (var m = 0; m < before.Length; m++) inner[before[m], k] = coefficients[m];
        }
        return inner;
    }

    static Matrix<double>? Outer(PathModel model, Matrix<double> covariances, Matrix<double> weights, Matrix<double>? inner)
    {
        if (inner is null) return null;
        // Covariance of every item with every construct's inner estimate.
        var with = covariances * weights * inner;
        var next = Matrix<double>.Build.Dense(weights.RowCount, weights.ColumnCount);
        for (var k = 0; k < model.Constructs.Count; k++)
        {
            var construct = model.Constructs[k];
            int[] items = [.. construct.Items];
            var outer = Vector<double>.Build.Dense(items.Length, i => with[items[i], k]);
            if (construct.ModeB)
            {
                var block = Matrix<double>.Build.Dense(items.Length, items.Length, (i, j) => covariances[items[i], items[j]]);
                if (Math.Abs(block.Determinant()) < 1e-300) return null;
                outer = block.Solve(outer);
            }
            for (var i = 0; i < items.Length; i++) next[items[i], k] = outer[i];
        }
        return next;
    }

    // Each construct's loadings are to add up to more than 0.
    static Matrix<double> Signed(PathModel model, Matrix<double> weights, Matrix<double> covariances)
    {
        var signed = weights.Clone();
        for (var k = 0; k < model.Constructs.Count; k++)
        {
            var loadings = covariances * weights.Column(k);
            if (model.Constructs[k].Items.Sum(item => loadings[item] / Math.Sqrt(covariances[item, item])) < 0) signed.SetColumn(k, -signed.Column(k));
        }
        return signed;
    }

    static PathEstimate? Regress(PathModel model, Matrix<double> weights, Matrix<double> covariances, int rounds)
    {
        var correlations = Scores(weights, covariances);
        var coefficients = Matrix<double>.Build.Dense(model.Constructs.Count, model.Constructs.Count);
        var r2 = new double[model.Constructs.Count];
        for (var k = 0; k < model.Constructs.Count; k++)
        {
            var before = model.Predecessors(k);
            if (before.Length == 0) continue;
            if (Regression(correlations, before, k) is not { } solved) return null;
            for (var m = 0; m < before.Length; m++)
            {
                coefficients[before[m], k] = solved[m];
                r2[k] += solved[m] * correlations[before[m], k];
            }
        }
        return new(weights, correlations, coefficients, r2, rounds);
    }

    // Null where a predictor is determined by those before it.
    static double[]? Regression(Matrix<double> correlations, int[] predictors, int target)
    {
        var size = predictors.Length;
        var factor = new double[size, size];
        var solved = new double[size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = correlations[predictors[i], predictors[j]];
                for (var k = 0; k < j; k++) rest -= factor[i, k] * factor[j, k];
                if (i == j && !(rest > Collinear)) return null;
                factor[i, j] = i == j ? Math.Sqrt(rest) : rest / factor[j, j];
            }
            solved[i] = correlations[predictors[i], target];
            for (var k = 0; k < i; k++) solved[i] -= factor[i, k] * solved[k];
            solved[i] /= factor[i, i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++) solved[i] -= factor[k, i] * solved[k];
            solved[i] /= factor[i, i];
        }
        return solved;
    }
}
