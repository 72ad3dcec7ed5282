namespace Cem.Kernel.Time;

/// <summary>Days as the database keeps them: one integer, yyyymmdd.</summary>
public static class Day
{
    public static int Number(DateOnly day) => day.Year * 10_000 + day.Month * 100 + day.Day;

    public static DateOnly FromNumber(int number) => new(number / 10_000, number / 100 % 100, number % 100);
}
