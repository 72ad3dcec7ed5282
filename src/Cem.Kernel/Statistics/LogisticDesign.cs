using MathNet.Numerics.LinearAlgebra;

namespace Cem.Kernel.Statistics;

/// <summary>The standardised rows of a logistic regression, and everything Newton's method needs at a point.</summary>
sealed class LogisticDesign
{
    readonly Matrix<double> _x;
    readonly bool[] _y;
    readonly double[]? _offset;
    readonly double _lambda;
    readonly bool _firth;
    readonly double[] _means;
    readonly double[] _sds;

    public LogisticDesign(IReadOnlyList<double[]> columns, bool[] y, double[]? offset, double lambda, bool firth)
    {
        (_y, _offset, _lambda, _firth) = (y, offset, lambda, firth);
        _means = [.. columns.Select(column => column.Average())];
        _sds = [.. columns.Select((column, j) => Math.Sqrt(column.Average(v => (v - _means[j]) * (v - _means[j]))))];
        _x = Matrix<double>.Build.Dense(y.Length, columns.Count + 1, (i, j) =>
            j == 0 ? 1 : _sds[j - 1] > 0 ? (columns[j - 1][i] - _means[j - 1]) / _sds[j - 1] : 0);
    }

    /// <summary>What is maximised, its gradient, and the matrix that gives the step.</summary>
    public sealed record State(double[] Fitted, double LogLikelihood, double Objective, Vector<double> Score, Matrix<double> Information, Matrix<double> Fisher);

    public State At(Vector<double> beta)
    {
        var linear = _x * beta;
        var fitted = new double[_y.Length];
        var residual = Vector<double>.Build.Dense(_y.Length);
        double logLikelihood = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            var eta = linear[i] + (_offset?[i] ?? 0);
            fitted[i] = Logistic.Probability(eta);
            residual[i] = (_y[i] ? 1 : 0) - fitted[i];
            // log(1 + exp(eta)) without overflow.
            logLikelihood += (_y[i] ? eta : 0) - (eta > 0 ? eta + Math.Log(1 + Math.Exp(-eta)) : Math.Log(1 + Math.Exp(eta)));
        }
        var weighted = Matrix<double>.Build.Dense(_x.RowCount, _x.ColumnCount, (i, j) => _x[i, j] * Math.Sqrt(fitted[i] * (1 - fitted[i])));
        var fisher = weighted.TransposeThisAndMultiply(weighted);
        if (_firth)
        {
            var inverse = fisher.Inverse();
            var leverage = weighted * inverse;
            for (var i = 0; i < _y.Length; i++) residual[i] += leverage.Row(i).DotProduct(weighted.Row(i)) * (0.5 - fitted[i]);
            var penalty = 0.5 * fisher.LU().U.Diagonal().Sum(pivot => Math.Log(Math.Abs(pivot)));
            return new(fitted, logLikelihood, logLikelihood + penalty, _x.TransposeThisAndMultiply(residual), fisher, fisher);
        }
        var score = _x.TransposeThisAndMultiply(residual);
        var information = fisher;
        double shrinkage = 0;
        if (_lambda > 0)
        {
            information = fisher.Clone();
            for (var j = 1; j < beta.Count; j++)
            {
                score[j] -= _lambda * beta[j];
                information[j, j] += _lambda;
                shrinkage += _lambda / 2 * beta[j] * beta[j];
            }
        }
        return new(fitted, logLikelihood, logLikelihood - shrinkage, score, information, fisher);
    }

    /// <summary>Coefficients and standard errors on the features' own scale; a standard error is NaN where the information is singular.</summary>
    public (double[] Coefficients, double[] StandardErrors) OwnScale(Vector<double> beta, Matrix<double> fisher)
    {
        var size = beta.Count;
        var change = Matrix<double>.Build.DenseIdentity(size);
        for (var j = 1; j < size; j++)
        {
            var sd = _sds[j - 1] > 0 ? _sds[j - 1] : 1;
            change[j, j] = 1 / sd;
            change[0, j] = -_means[j - 1] / sd;
        }
        var covariance = change * fisher.Inverse() * change.Transpose();
        return ([.. change * beta], [.. covariance.Diagonal().Select(Math.Sqrt)]);
    }
}
