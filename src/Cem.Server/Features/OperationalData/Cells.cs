using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Cem.Kernel.Time;

namespace Cem.Server.Features.OperationalData;

/// <summary>
/// Numbers and dates as spreadsheets and CRMs write them. What could be read in two ways is not read at all: the source says
/// which is meant, or the row is refused.
/// </summary>
static partial class Cells
{
    const int FirstYear = 1970;
    const int LastYear = 2199;

    /// <summary>Day 0 of a spreadsheet that counts days; it believes that 1900 was a leap year.</summary>
    static readonly DateTime SerialZero = new(1899, 12, 30);

    // 1982 to 2119: what is less may well be a number, and yyyymmdd is much more.
    const double LeastSerial = 30_000;
    const double MostSerial = 80_000;

    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789+-.eE");
    static readonly SearchValues<char> OfSerials = SearchValues.Create("0123456789.");

    /// <summary>A finite number.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, NumberStyle style, out double number)
    {
        number = 0;
        if (style == NumberStyle.Plain)
            return IsPlain(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        var (group, point) = style == NumberStyle.CommaGroups ? (',', '.') : ('.', ',');
        Span<char> plain = stackalloc char[64];
        var length = 0;
        if (text.Length > plain.Length || !GroupsFit(text, group, point))
            return false;
        foreach (var c in text)
            if (c != group)
                plain[length++] = c == point ? '.' : c;
        return IsPlain(plain[..length]) && double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>Digits with at most a sign, a point and an exponent.</summary>
    static bool IsPlain(ReadOnlySpan<char> text) => text.Length is > 0 and <= 40 && !text.ContainsAnyExcept(OfNumbers);

    /// <summary>Groups are of three digits, and end before the decimal mark.</summary>
    static bool GroupsFit(ReadOnlySpan<char> text, char group, char point)
    {
        var cut = text.IndexOf(point);
        var whole = cut >= 0 ? text[..cut] : text;
        if (cut >= 0 && text[(cut + 1)..].Contains(group))
            return false;
        var first = whole.IndexOf(group);
        if (first < 0)
            return true;
        if (whole[..first].TrimStart("+-").Length is 0 or > 3)
            return false;
        foreach (var part in whole[(first + 1)..].Split(group))
            if (whole[(first + 1)..][part].Length != 3)
                return false;
        return true;
    }

    /// <summary>2026-03-01, 2026/3/1, 2026年3月1日, 20260301, a spreadsheet's day count, and 1/3/2026 where the order is said.</summary>
    public static bool TryDay(ReadOnlySpan<char> text, DateOrder order, out DateOnly day)
    {
        if (text.Length == 10 && text[4] == '-' && text[7] == '-')
            return Make(text[..4], text[5..7], text[8..], out day);
        if (text.Length == 8 && !text.ContainsAnyExcept(Digits))
            return Make(text[..4], text[4..6], text[6..], out day);
        day = default;
        if (TrySerial(text, out var serial))
        {
            day = DateOnly.FromDateTime(serial);
            return true;
        }
        var match = DateForm().Match(text.ToString());
        if (!match.Success)
            return false;
        var (a, b, c) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        return a.Length == 4 ? Make(a, b, c, out day)
            : order == DateOrder.DayFirst ? Make(c, b, a, out day)
            : order == DateOrder.MonthFirst && Make(c, a, b, out day);
    }

    /// <summary>The first day of the period that holds a date; also 2026-03 and 2026年3月 of months, 2026-W10 of weeks, 2026Q1, 2026.</summary>
    public static bool TryPeriod(ReadOnlySpan<char> text, PeriodLength period, DateOrder order, out DateOnly first)
    {
        if (TryDay(text, order, out first))
        {
            first = FirstOf(first, period);
            return true;
        }
        if (period == PeriodLength.Day || PeriodForm().Match(text.ToString()) is not { Success: true } match || !int.TryParse(match.Groups["year"].ValueSpan, out var year) || year is < FirstYear or > LastYear)
            return false;
        var number = match.Groups["number"].Success ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        switch (match.Groups["kind"].Value, period)
        {
            case ("W", PeriodLength.Week) when number >= 1 && number <= ISOWeek.GetWeeksInYear(year):
                first = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, DayOfWeek.Monday));
                return true;
            case ("Q", PeriodLength.Quarter) when number is >= 1 and <= 4:
                first = new DateOnly(year, number * 3 - 2, 1);
                return true;
            case ("", PeriodLength.Month) when number is >= 1 and <= 12:
                first = new DateOnly(year, number, 1);
                return true;
            case ("", PeriodLength.Year) when number == 0:
                first = new DateOnly(year, 1, 1);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The first day of the week (Monday), month, quarter or year of a day.</summary>
    public static DateOnly FirstOf(DateOnly day, PeriodLength period) => period switch
    {
        PeriodLength.Week => CalendarPeriod.WeekOf(day),
        PeriodLength.Month => CalendarPeriod.MonthOf(day),
        PeriodLength.Quarter => CalendarPeriod.QuarterOf(day),
        PeriodLength.Year => new DateOnly(day.Year, 1, 1),
        _ => day,
    };

    /// <summary>A wall-clock time: 2026-03-01 09:30, with seconds, with T, or a spreadsheet's day count with a fraction.</summary>
    public static bool TryLocalTime(ReadOnlySpan<char> text, DateOrder order, out DateOnly day, out TimeOnly time)
    {
        (day, time) = (default, default);
        if (TrySerial(text, out var serial))
        {
            // To the second: a fraction of a day is not exact.
            serial = SerialZero.AddSeconds(Math.Round((serial - SerialZero).TotalSeconds));
            (day, time) = (DateOnly.FromDateTime(serial), TimeOnly.FromDateTime(serial));
            return true;
        }
        var cut = text.LastIndexOfAny(' ', 'T');
        return cut > 0
            ? TryDay(text[..cut].TrimEnd(), order, out day) && TimeOnly.TryParseExact(text[(cut + 1)..], ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
            : TryDay(text, order, out day);
    }

    public static bool? Truth(ReadOnlySpan<char> text) => text switch
    {
        "1" or "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "Y" or "y" or "是" => true,
        "0" or "false" or "False" or "FALSE" or "no" or "No" or "NO" or "N" or "n" or "否" => false,
        _ => null,
    };

    static bool TrySerial(ReadOnlySpan<char> text, out DateTime moment)
    {
        moment = default;
        if (text.Length < 5 || text[0] is < '3' or > '8' || text.ContainsAnyExcept(OfSerials)
            || !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) || days is < LeastSerial or > MostSerial)
            return false;
        moment = SerialZero.AddDays(days);
        return true;
    }

    static bool Make(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day, out DateOnly made)
    {
        made = default;
        if (!int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) || !int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
            || !int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var d) || y is < FirstYear or > LastYear || m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(y, m))
            return false;
        made = new DateOnly(y, m, d);
        return true;
    }

    [GeneratedRegex(@"^(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})日?$")]
    private static partial Regex DateForm();

    [GeneratedRegex(@"^(?<year>\d{4})(?:[-/年]?(?<kind>[WQ]?)(?<number>\d{1,2})月?|年)?$")]
    private static partial Regex PeriodForm();
}
