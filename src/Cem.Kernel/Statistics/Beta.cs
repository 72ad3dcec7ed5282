using MathNet.Numerics;

namespace Cem.Kernel.Statistics;

/// <summary>The beta distribution.</summary>
public static class Beta
{
    /// <summary>The x with P(X &lt;= x) = p for X ~ Beta(a, b): bisection to the last bit, so that no starting value can fail.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is outside 0..1, or a shape is not positive.</exception>
    public static double Quantile(double p, double a, double b)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A probability.");
        if (!(a > 0)) throw new ArgumentOutOfRangeException(nameof(a), a, "A shape above 0.");
        if (!(b > 0)) throw new ArgumentOutOfRangeException(nameof(b), b, "A shape above 0.");
        if (p is 0 or 1) return p;
        double low = 0, high = 1;
        while (true)
        {
            // Tiny quantiles differ by magnitudes: halve the exponent first, then the interval.
            var middle = low < high / 1024 ? Math.Sqrt(Math.Max(low, double.Epsilon) * high) : low + (high - low) / 2;
            if (middle <= low || middle >= high) return middle;
            if (SpecialFunctions.BetaRegularized(a, b, middle) < p) low = middle; else high = middle;
        }
    }
}
