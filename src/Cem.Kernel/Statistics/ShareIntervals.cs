namespace Cem.Kernel.Statistics;

/// <summary>Other intervals for a share x of n than Wilson's, for those who must report them; all null when n is 0.</summary>
public static class ShareIntervals
{
    /// <summary>Clopper and Pearson's "exact" interval: never too narrow, often too wide.</summary>
    public static Interval? ClopperPearson(double x, double n, double confidence)
    {
        if (n == 0) return null;
        var tail = (1 - confidence) / 2;
        return new(
            x == 0 ? 0 : Beta.Quantile(tail, x, n - x + 1),
            x == n ? 1 : 1 - Beta.Quantile(tail, n - x, x + 1));
    }

    /// <summary>Jeffreys' interval, with the ends of Brown, Cai and DasGupta (2001): 0 at x = 0, 1 at x = n.</summary>
    public static Interval? Jeffreys(double x, double n, double confidence)
    {
        if (n == 0) return null;
        var tail = (1 - confidence) / 2;
        return new(
            x == 0 ? 0 : Beta.Quantile(tail, x + 0.5, n - x + 0.5),
            x == n ? 1 : 1 - Beta.Quantile(tail, n - x + 0.5, x + 0.5));
    }

    /// <summary>Agresti and Coull's interval: Wald after adding z²/2 successes and failures; clamped to 0..1.</summary>
    public static Interval? AgrestiCoull(double x, double n, double confidence)
    {
        if (n == 0) return null;
        var z = Normal.Z(confidence);
        var more = n + z * z;
        var p = (x + z * z / 2) / more;
        var half = z * Math.Sqrt(p * (1 - p) / more);
        return new Interval(p - half, p + half).Clamp(0, 1);
    }
}
