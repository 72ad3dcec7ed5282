namespace Cem.Kernel.Statistics;

/// <summary>The two limits of a confidence interval, in the unit of what was estimated.</summary>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>The interval cut off at what the quantity can be at all.</summary>
    public Interval Clamp(double smallest, double largest) =>
        new(Math.Clamp(Lower, smallest, largest), Math.Clamp(Upper, smallest, largest));

    /// <summary>Both limits times a positive factor, to change the unit.</summary>
    public Interval Times(double factor) => new(Lower * factor, Upper * factor);
}
