using MathNet.Numerics;

namespace Cem.Kernel.Statistics;

/// <summary>The standard normal distribution, exact to the last digits of a double.</summary>
public static class Normal
{
    /// <summary>P(Z &lt;= x).</summary>
    public static double Cdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / Constants.Sqrt2);

    /// <summary>The x with P(Z &lt;= x) = p.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not strictly between 0 and 1.</exception>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A probability strictly between 0 and 1.");
        if (p > 0.5) return -LowerQuantile(1 - p);
        return LowerQuantile(p);
    }

    /// <summary>z of a two-sided interval: 1.959963984540054 at 0.95.</summary>
    /// <exception cref="ArgumentOutOfRangeException">confidence is not strictly between 0 and 1.</exception>
    public static double Z(double confidence)
    {
        if (!(confidence > 0 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence strictly between 0 and 1.");
        return Quantile(0.5 + confidence / 2);
    }

    /// <summary>P(|Z| >= |z|), accurate far into the tails.</summary>
    public static double TwoSidedP(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    static double LowerQuantile(double p)
    {
        var x = -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * p);
        // One Newton step takes the last error of the rational approximation away.
        var density = Math.Exp(-x * x / 2) / Constants.Sqrt2Pi;
        return density > 0 ? x - (Cdf(x) - p) / density : x;
    }
}
