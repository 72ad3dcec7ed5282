namespace Cem.Kernel.Statistics;

/// <summary>Welch's test of two means with unequal variances.</summary>
public static class Welch
{
    /// <summary>The outcome of the test: the t, its degrees of freedom (Welch-Satterthwaite) and the two-sided p.</summary>
    public sealed record Outcome(double Difference, double StandardError, double T, double Df, double P);

    /// <summary>Compares two means by their variances (n-1 form) and sizes; null when either n is below 2 or nothing varies.</summary>
    public static Outcome? Test(double mean1, double variance1, double n1, double mean2, double variance2, double n2)
    {
        if (n1 < 2 || n2 < 2) return null;
        double a = variance1 / n1, b = variance2 / n2;
        if (!(a + b > 0)) return null;
        var se = Math.Sqrt(a + b);
        var df = (a + b) * (a + b) / (a * a / (n1 - 1) + b * b / (n2 - 1));
        var t = (mean1 - mean2) / se;
        return new(mean1 - mean2, se, t, df, StudentT.TwoSidedP(t, df));
    }
}
