using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Indicators;

/// <summary>Days, both inclusive, in company time.</summary>
sealed record Window(DateOnly From, DateOnly To)
{
    /// <summary>As many days, just before.</summary>
    public Window Before() => new(From.AddDays(From.DayNumber - To.DayNumber - 1), From.AddDays(-1));
}

/// <summary>The value of one indicator in one window, in the unit of its measure.</summary>
/// <param name="Value">Null where there is none; <paramref name="Gap"/> then says why.</param>
/// <param name="Low">Lower bound of the 95 % interval; null where the value is counted in full and is no sample.</param>
/// <param name="Se">Standard error of the value; 0 where it is counted in full, null where it cannot be told.</param>
/// <param name="N">Answers, or rows of O-data.</param>
/// <param name="Gap">no-measure, no-answers, no-data or not-narrowed (its source does not say what it was to be narrowed by).</param>
sealed record Reading(double? Value, double? Low, double? High, double? Se, long N, string? Gap = null)
{
    /// <summary>Below this many a value is shown greyed, and nothing is concluded from it.</summary>
    public const int Show = 5;

    public static readonly Reading NoMeasure = new(null, null, null, null, 0, "no-measure");

    public static readonly Reading NoAnswers = new(null, null, null, null, 0, "no-answers");

    public static readonly Reading NoData = new(null, null, null, null, 0, "no-data");

    public static readonly Reading NotNarrowed = new(null, null, null, null, 0, "not-narrowed");

    static readonly double Z = Normal.Z(0.95);

    public bool Sampled => Se is not 0;

    /// <summary>NPS from its counts; interval and error by adjusted Wald (n + 3), so that one promoter is no certainty.</summary>
    public static Reading Nps(int promoters, int passives, int detractors)
    {
        double n = promoters + passives + detractors;
        if (n == 0)
            return NoAnswers;
        double m = n + 3, p = (promoters + 0.75) / m, d = (detractors + 0.75) / m;
        double centre = 100 * (p - d), se = 100 * Math.Sqrt((p + d - (p - d) * (p - d)) / m);
        return new(100 * (promoters - detractors) / n, Math.Max(-100, centre - Z * se), Math.Min(100, centre + Z * se), se, (long)n);
    }

    /// <summary>A share in percent with Wilson's interval; the error is half its width over z, and so never 0 for a sample.</summary>
    public static Reading Share(long x, long n, Reading none) => Wilson.Interval(x, n, Z) is not { } interval
        ? none
        : new(100.0 * x / n, 100 * interval.Lower, 100 * interval.Upper, 100 * (interval.Upper - interval.Lower) / (2 * Z), n);

    /// <summary>A mean with Student's interval, from the sums of values and of their squares.</summary>
    public static Reading Mean(double sum, double squares, long n, Reading none)
    {
        if (n == 0)
            return none;
        var mean = sum / n;
        if (n == 1)
            return new(mean, null, null, null, n);
        var se = Math.Sqrt(Math.Max(0, (squares - n * mean * mean) / (n - 1)) / n);
        // Values that are all the same say little of those not seen yet.
        return se > 0 && StudentT.T(0.95, n - 1) * se is var half ? new(mean, mean - half, mean + half, se, n) : new(mean, null, null, null, n);
    }

    /// <summary>What was counted in full.</summary>
    public static Reading Full(double value, long n) => new(value, null, null, 0, n);
}
