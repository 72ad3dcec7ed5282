using MathNet.Numerics;

namespace Cem.Kernel.Statistics;

/// <summary>Tests of whether two shares x1/n1 and x2/n2 are the same.</summary>
public static class ShareTests
{
    /// <summary>The pooled z, or null where it is undefined: an empty group, or nobody or everybody counted in both.</summary>
    public static double? PooledZ(double x1, double n1, double x2, double n2)
    {
        if (n1 == 0 || n2 == 0) return null;
        var pooled = (x1 + x2) / (n1 + n2);
        var variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);
        return variance > 0 ? (x1 / n1 - x2 / n2) / Math.Sqrt(variance) : null;
    }

    /// <summary>The smallest count to be expected in any of the four cells if the shares were the same.</summary>
    public static double SmallestExpected(double x1, double n1, double x2, double n2)
    {
        var pooled = (x1 + x2) / (n1 + n2);
        return Math.Min(n1, n2) * Math.Min(pooled, 1 - pooled);
    }

    /// <summary>Fisher's exact two-sided p: all tables with the same margins that are no likelier than the one seen.</summary>
    /// <returns>null when a group is empty.</returns>
    public static double? Fisher(long x1, long n1, long x2, long n2)
    {
        if (n1 == 0 || n2 == 0) return null;
        long successes = x1 + x2, from = Math.Max(0, successes - n2), to = Math.Min(successes, n1);
        var all = LogChoose(n1 + n2, successes);
        double Log(long x) => LogChoose(n1, x) + LogChoose(n2, successes - x) - all;
        // Tables as likely as the one seen must count in spite of rounding; R allows the same margin.
        var limit = Log(x1) + 1e-7;
        double p = 0;
        for (var x = from; x <= to; x++)
        {
            var log = Log(x);
            if (log <= limit) p += Math.Exp(log);
        }
        return Math.Min(1, p);
    }

    static double LogChoose(long n, long k) =>
        SpecialFunctions.GammaLn(n + 1.0) - SpecialFunctions.GammaLn(k + 1.0) - SpecialFunctions.GammaLn(n - k + 1.0);
}
