using MathNet.Numerics;

namespace Cem.Kernel.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>P(|T| >= |t|) at <paramref name="df"/> degrees of freedom, accurate far into the tails.</summary>
    public static double TwoSidedP(double t, double df) =>
        double.IsInfinity(t) ? 0 : SpecialFunctions.BetaRegularized(df / 2, 0.5, df / (df + t * t));

    /// <summary>t of a two-sided interval, that is the quantile at (1 + confidence) / 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">confidence is not strictly between 0 and 1, or df not positive.</exception>
    public static double T(double confidence, double df)
    {
        if (!(confidence > 0 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence strictly between 0 and 1.");
        if (!(df > 0)) throw new ArgumentOutOfRangeException(nameof(df), df, "Degrees of freedom above 0.");
        // df / (df + t²) is beta distributed; near 1 (small t) its complement keeps the digits.
        var tail = 1 - confidence;
        if (tail > 0.5)
        {
            var y = Beta.Quantile(confidence, 0.5, df / 2);
            return Math.Sqrt(df * y / (1 - y));
        }
        var x = Beta.Quantile(tail, df / 2, 0.5);
        return Math.Sqrt(df * (1 - x) / x);
    }
}
