namespace Cem.Kernel.Html.Charts;

/// <summary>A linear axis from one round number to another.</summary>
/// <param name="Low">Value at its start.</param>
/// <param name="High">Value at its end; more than <paramref name="Low"/>.</param>
/// <param name="Step">Distance of its ticks.</param>
sealed record Scale(double Low, double High, double Step)
{
    /// <summary>
    /// The shortest axis with round ends (steps of 1, 2, 2.5 or 5 times a power of ten) that shows all values and stays
    /// within the bounds, where they are given.
    /// </summary>
    public static Scale Around(IEnumerable<double?> values, double? least = null, double? most = null, int ticks = 4)
    {
        var known = values.OfType<double>().Where(double.IsFinite).ToList();
        if (known.Count == 0) known = [least ?? 0, most ?? 1];
        var (low, high) = (known.Min(), known.Max());
        if (high - low < 1e-9) (low, high) = (low - 1, high + 1);
        if (least is { } l && low < l) low = l;
        if (most is { } m && high > m) high = m;
        if (high <= low) (low, high) = (least ?? low, most ?? low + 1);
        var step = Nice((high - low) / ticks);
        (low, high) = (Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step);
        return new(Math.Max(low, least ?? low), Math.Min(high, most ?? high), step);
    }

    public IEnumerable<double> Ticks
    {
        get
        {
            for (var tick = Math.Ceiling(Low / Step - 1e-9) * Step; tick <= High + Step * 1e-9; tick += Step)
                yield return Math.Abs(tick) < Step * 1e-9 ? 0 : tick;
        }
    }

    /// <summary>Decimals that tell the ticks apart.</summary>
    public int Decimals => Step >= 1 && Step == Math.Truncate(Step) ? 0 : Step >= 0.1 ? 1 : 2;

    /// <summary>Where a value lies, 0 at the start and 1 at the end; outside values at the ends.</summary>
    public double At(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    static double Nice(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 } * power;
    }
}
