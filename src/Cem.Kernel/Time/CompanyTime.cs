namespace Cem.Kernel.Time;

/// <summary>
/// The company's own time: every day, week and working hour that a person reads is local to its time zone, also
/// across clock changes.
/// </summary>
public sealed class CompanyTime(TimeProvider clock, TimeZoneInfo zone, WorkingHours hours)
{
    public TimeZoneInfo Zone => zone;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => DayOf(Now);

    public IsoWeek ThisWeek => IsoWeek.Of(Today);

    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The instant at which a local wall-clock time comes; a time skipped by a clock change moves forward by the gap, an ambiguous one is the earlier.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The instant at which so much working time has passed since <paramref name="start"/>.</summary>
    public DateTimeOffset AddWorkingTime(DateTimeOffset start, TimeSpan span)
    {
        if (span < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(span), span, "Working time is added, never taken away.");
        var day = DayOf(start);
        for (var left = span; ; day = day.AddDays(1))
        {
            if (!hours.Days.Contains(day.DayOfWeek))
                continue;
            var opens = At(day, hours.From);
            var closes = At(day, hours.To);
            var from = start > opens ? start : opens;
            if (from >= closes)
                continue;
            if (left <= closes - from)
                return from + left;
            left -= closes - from;
        }
    }
}

/// <summary>When people work, in company time: the same hours on each working day.</summary>
public sealed record WorkingHours(IReadOnlySet<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    public static readonly WorkingHours Default = new(
        new HashSet<DayOfWeek> { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday },
        new TimeOnly(9, 0), new TimeOnly(18, 0));
}
