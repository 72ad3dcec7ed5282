namespace Cem.Kernel.Statistics;

/// <summary>Wilson's score interval for a share (Wilson 1927, JASA 22:209-212), without continuity correction.</summary>
/// <remarks>x successes of n; both may be fractional, as weighted data make them.</remarks>
public static class Wilson
{
    /// <summary>The interval at normal quantile <paramref name="z"/>, or null when n is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is below 0 or above n, or z is negative.</exception>
    public static Interval? Interval(double x, double n, double z)
    {
        Check(x, n, z);
        if (n == 0) return null;
        var p = x / n;
        var centre = Centre(p, n, z);
        var half = z / (1 + z * z / n) * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        // Exact at the ends: rounding would leave -1e-17 and 1 + 1e-16.
        return new(x == 0 ? 0 : Math.Max(0, centre - half), x == n ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>Kish's effective number of answers, (Σw)² / Σw²; 0 when there is no weight.</summary>
    public static double EffectiveN(IEnumerable<double> weights)
    {
        double sum = 0, squares = 0;
        foreach (var w in weights)
        {
            sum += w;
            squares += w * w;
        }
        return squares == 0 ? 0 : sum * sum / squares;
    }

    /// <summary>The n to use when n of a population of N were asked: n (N-1) / (N-n), infinite when all were.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The population is smaller than n.</exception>
    public static double FinitePopulationN(double n, double population)
    {
        if (population < n) throw new ArgumentOutOfRangeException(nameof(population), population, "A population of at least n.");
        return n == population ? double.PositiveInfinity : n * (population - 1) / (population - n);
    }

    /// <summary>The centre of the interval for a share p of n > 0: (p + z²/2n) / (1 + z²/n).</summary>
    public static double Centre(double p, double n, double z) => (p + z * z / (2 * n)) / (1 + z * z / n);

    static void Check(double x, double n, double z)
    {
        if (!(n >= 0)) throw new ArgumentOutOfRangeException(nameof(n), n, "A number of at least 0.");
        if (!(x >= 0 && x <= n)) throw new ArgumentOutOfRangeException(nameof(x), x, "Successes between 0 and n.");
        if (!(z >= 0)) throw new ArgumentOutOfRangeException(nameof(z), z, "A quantile of at least 0.");
    }
}
