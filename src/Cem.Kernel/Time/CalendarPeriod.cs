namespace Cem.Kernel.Time;

/// <summary>Days, ISO weeks, months and quarters, also by their names: day, week, month, quarter.</summary>
public static class CalendarPeriod
{
    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The first day of a day's month.</summary>
    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The first day of a day's quarter.</summary>
    public static DateOnly QuarterOf(DateOnly day) => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);

    /// <summary>First day of the period a day lies in; null for a word that is no period.</summary>
    public static DateOnly? StartOf(string period, DateOnly day) => period switch
    {
        "day" => day,
        "week" => WeekOf(day),
        "month" => MonthOf(day),
        "quarter" => QuarterOf(day),
        _ => null,
    };

    /// <summary>First day of the period after the one that begins on a day.</summary>
    public static DateOnly Next(string period, DateOnly start) => period switch
    {
        "day" => start.AddDays(1),
        "week" => start.AddDays(7),
        "month" => start.AddMonths(1),
        _ => start.AddMonths(3),
    };
}
