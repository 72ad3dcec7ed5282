namespace Cem.Kernel.Statistics;

/// <summary>Newcombe's hybrid score interval for a difference of two shares (1998, Stat. Med. 17:873-890, method 10).</summary>
public static class Newcombe
{
    /// <summary>The interval of x1/n1 - x2/n2 at normal quantile z, or null when either n is 0. Not clamped.</summary>
    public static Interval? Difference(double x1, double n1, double x2, double n2, double z)
    {
        if (Wilson.Interval(x1, n1, z) is not { } one || Wilson.Interval(x2, n2, z) is not { } two) return null;
        double p1 = x1 / n1, p2 = x2 / n2, difference = p1 - p2;
        return new(
            difference - Root(p1 - one.Lower, two.Upper - p2),
            difference + Root(one.Upper - p1, p2 - two.Lower));
    }

    static double Root(double a, double b) => Math.Sqrt(a * a + b * b);
}
