namespace Cem.Kernel.Statistics;

/// <summary>A value on 0 to 100 between what is worst and what is best; lower is better where worst lies above best.</summary>
public static class Goalposts
{
    /// <summary>100 (value - worst) / (best - worst), within 0..100; worst and best differ.</summary>
    public static double Score(double value, double worst, double best) => Math.Clamp(100 * (value - worst) / (best - worst), 0, 100);
}
