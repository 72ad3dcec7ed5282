using MathNet.Numerics.LinearAlgebra;

namespace Cem.Kernel.Statistics;

/// <summary>Logistic regression: maximum likelihood, Firth's bias reduction, and ridge.</summary>
/// <remarks>
/// All are Newton iterations on features standardised to mean 0 and standard deviation 1 (1/n form), so that scale does
/// not decide about convergence; coefficients are given back on the features' own scale. Features must vary and be
/// linearly independent, except for ridge.
/// </remarks>
public static class Logistic
{
    const int Rounds = 200;

    /// <summary>A fitted model. Element 0 of every list is the intercept.</summary>
    /// <param name="Standardised">Coefficients for the standardised features.</param>
    /// <param name="StandardErrors">From the inverse Fisher information, on the features' own scale.</param>
    /// <param name="Separated">The data are told apart (nearly) perfectly: maximum likelihood has no answer.</param>
    public sealed record Model(double[] Coefficients, double[] Standardised, double[] StandardErrors, double[] Fitted, double LogLikelihood, bool Converged, bool Separated)
    {
        public double Deviance => -2 * LogLikelihood;
    }

    /// <summary>Maximum likelihood; look at <see cref="Model.Separated"/> before showing it.</summary>
    /// <param name="columns">The features, each as long as y.</param>
    /// <param name="offset">Added to the linear predictor of each row, or null.</param>
    /// <exception cref="ArithmeticException">The features are linearly dependent.</exception>
    public static Model MaximumLikelihood(IReadOnlyList<double[]> columns, bool[] y, double[]? offset = null) => Fit(columns, y, offset, 0, firth: false);

    /// <summary>Firth's bias-reduced fit (1993; Heinze and Schemper 2002), which exists under separation too.</summary>
    /// <exception cref="ArithmeticException">The features are linearly dependent.</exception>
    public static Model Firth(IReadOnlyList<double[]> columns, bool[] y) => Fit(columns, y, null, 0, firth: true);

    /// <summary>Least negative log-likelihood plus lambda/2 times the squared standardised coefficients, the intercept free.</summary>
    public static Model Ridge(IReadOnlyList<double[]> columns, bool[] y, double lambda) => Fit(columns, y, null, lambda, firth: false);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double Probability(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    static Model Fit(IReadOnlyList<double[]> columns, bool[] y, double[]? offset, double lambda, bool firth)
    {
        var design = new LogisticDesign(columns, y, offset, lambda, firth);
        var beta = Vector<double>.Build.Dense(columns.Count + 1);
        var state = design.At(beta);
        var converged = false;
        for (var round = 0; round < Rounds && !converged; round++)
        {
            var step = state.Information.Solve(state.Score);
            if (step.Any(s => !double.IsFinite(s))) break;
            // A step this long leaves the region where the quadratic approximation means anything.
            if (step.AbsoluteMaximum() is > 5 and var longest) step *= 5 / longest;
            var next = design.At(beta + step);
            for (var halvings = 0; next.Objective < state.Objective - 1e-12 && halvings < 30; halvings++)
            {
                step *= 0.5;
                next = design.At(beta + step);
            }
            beta += step;
            converged = step.AbsoluteMaximum() < 1e-10;
            state = next;
        }
        var separated = !converged || beta.Skip(1).Any(b => Math.Abs(b) > 15) || state.Fitted.Any(p => p is < 1e-8 or > 1 - 1e-8);
        var (own, errors) = design.OwnScale(beta, state.Fisher);
        return new(own, [.. beta], errors, state.Fitted, state.LogLikelihood, converged, separated);
    }
}
