using System.Globalization;

namespace Cem.Kernel.Text;

/// <summary>
/// Numbers, dates, money and durations as a reader of one language expects them, instants in one time zone. Written by
/// hand on the invariant culture: the same text on every machine, whatever version of ICU it has. Minus is U+2212.
/// Null is an en dash.
/// </summary>
public sealed class Formats(string language, TimeZoneInfo timeZone)
{
    /// <summary>Stands where there is no value.</summary>
    public const string Nothing = "–";

    static readonly Formats Zh = new(Languages.Chinese, TimeZoneInfo.Utc);
    static readonly Formats En = new(Languages.English, TimeZoneInfo.Utc);

    readonly bool _zh = language == Languages.Chinese;
    readonly NumberFormatInfo _numbers = new() { NegativeSign = "−" };

    /// <summary>Formats for values that need no time zone; instants come out in UTC.</summary>
    public static Formats For(string language) => language == Languages.Chinese ? Zh : En;

    /// <summary>1,234.5 with a fixed number of decimals. Not a finite number: nothing.</summary>
    public string Number(double? value, int decimals = 0) =>
        value is not { } v || !double.IsFinite(v) ? Nothing : Grouped(Rounded(v, decimals), decimals);

    /// <summary>As <see cref="Number"/> with a sign in front: +3.2, −3.2, 0.0.</summary>
    public string Signed(double? value, int decimals = 0)
    {
        if (value is not { } v || !double.IsFinite(v)) return Nothing;
        var rounded = Rounded(v, decimals);
        return (rounded > 0 ? "+" : "") + Grouped(rounded, decimals);
    }

    /// <summary>A share 0-1 as 12.5 %: "12.5%".</summary>
    public string Percent(double? share, int decimals = 0) =>
        share is { } v && double.IsFinite(v) ? Number(v * 100, decimals) + "%" : Nothing;

    /// <summary>2026年3月4日, 4 Mar 2026.</summary>
    public string Date(DateOnly? date) => date is not { } d ? Nothing
        : _zh ? string.Create(CultureInfo.InvariantCulture, $"{d.Year}年{d.Month}月{d.Day}日")
        : d.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Without the year, for axes and dense lists: 3月4日, 4 Mar.</summary>
    public string DayMonth(DateOnly date) => _zh
        ? string.Create(CultureInfo.InvariantCulture, $"{date.Month}月{date.Day}日")
        : date.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>2026年3月, Mar 2026.</summary>
    public string Month(DateOnly date) => _zh
        ? string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月")
        : date.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The local day of an instant.</summary>
    public string Date(DateTimeOffset? instant) => instant is { } i ? Date(Day(i)) : Nothing;

    /// <summary>2026年3月4日 09:05, 4 Mar 2026, 09:05, in the time zone of these formats.</summary>
    public string Time(DateTimeOffset? instant) => instant is not { } i ? Nothing
        : Date(Day(i)) + (_zh ? " " : ", ") + TimeZoneInfo.ConvertTime(i, timeZone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The local day of an instant.</summary>
    public DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, timeZone).DateTime);

    /// <summary>¥1,234.50, $1,234.50, CHF 1,234.50 from minor units; whole amounts keep no decimals.</summary>
    /// <param name="minor">Amount in the currency's smallest unit.</param>
    /// <param name="currency">ISO 4217 code.</param>
    public string Money(long? minor, string currency)
    {
        if (minor is not { } m) return Nothing;
        var digits = Currencies.Digits(currency);
        var amount = m / Currencies.Scale(currency);
        return MoneyText(amount, currency, amount == Math.Truncate(amount) ? 0 : digits);
    }

    /// <summary>Money at a glance: ¥120万, ¥3.4亿; $1.2M, $340K.</summary>
    public string MoneyShort(long? minor, string currency)
    {
        if (minor is not { } m) return Nothing;
        var amount = m / Currencies.Scale(currency);
        (decimal Unit, string Suffix)[] steps = _zh
            ? [(100_000_000m, "亿"), (10_000m, "万")]
            : [(1_000_000_000m, "B"), (1_000_000m, "M"), (1_000m, "K")];
        foreach (var (unit, suffix) in steps)
        {
            if (Math.Abs(amount) < unit) continue;
            var scaled = amount / unit;
            return MoneyText(scaled, currency, Math.Abs(scaled) < 100 && scaled != Math.Truncate(scaled) ? 1 : 0) + suffix;
        }
        return MoneyText(amount, currency, 0);
    }

    /// <summary>3 天 4 小时, 3 d 4 h; 25 分钟, 25 min; the two largest units that are not zero, below a minute "0 min".</summary>
    public string Duration(TimeSpan span)
    {
        var (days, hours, minutes) = (Math.Abs((int)span.TotalDays), Math.Abs(span.Hours), Math.Abs(span.Minutes));
        string D() => Unit(days, "天", "d");
        string H() => Unit(hours, "小时", "h");
        string M() => Unit(minutes, "分钟", "min");
        return (days, hours, minutes) switch
        {
            ( > 0, > 0, _) => D() + " " + H(),
            ( > 0, _, _) => D(),
            (_, > 0, > 0) => H() + " " + M(),
            (_, > 0, _) => H(),
            (_, _, > 0) => M(),
            _ => Unit(Math.Abs(span.Seconds), "秒", "s")
        };
    }

    /// <summary>How long before or after <paramref name="now"/>, largest unit only: 3 天前, 2 小时后; 3 days ago, in 2 hours.</summary>
    public string Relative(DateTimeOffset instant, DateTimeOffset now)
    {
        var span = instant - now;
        var (count, zh, en) = span.Duration() switch
        {
            { TotalMinutes: < 1 } => (0, "", ""),
            { TotalHours: < 1 } s => ((int)s.TotalMinutes, "分钟", "minute"),
            { TotalDays: < 1 } s => ((int)s.TotalHours, "小时", "hour"),
            { TotalDays: < 60 } s => ((int)s.TotalDays, "天", "day"),
            { TotalDays: < 730 } s => ((int)(s.TotalDays / 30.44), "个月", "month"),
            { } s => ((int)(s.TotalDays / 365.25), "年", "year")
        };
        if (count == 0) return _zh ? "刚刚" : "just now";
        if (_zh) return string.Create(CultureInfo.InvariantCulture, $"{count} {zh}{(span < TimeSpan.Zero ? "前" : "后")}");
        var words = string.Create(CultureInfo.InvariantCulture, $"{count} {en}{(count == 1 ? "" : "s")}");
        return span < TimeSpan.Zero ? words + " ago" : "in " + words;
    }

    /// <summary>An argument of a text: strings as they are, numbers with at most one decimal, dates as days.</summary>
    /// <exception cref="ArgumentException">An instant or another type whose form the text cannot know.</exception>
    internal string Argument(object? value) => value switch
    {
        null => Nothing,
        string text => text,
        int or long or short or byte or uint => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        double or float or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var d && d == Math.Truncate(d) ? Number(d) : Number(d, 1),
        DateOnly date => Date(date),
        Enum or char => value.ToString()!,
        _ => throw new ArgumentException($"Format a {value.GetType().Name} before it goes into a text")
    };

    string Unit(int count, string zh, string en) => string.Create(CultureInfo.InvariantCulture, $"{count} {(_zh ? zh : en)}");

    string MoneyText(decimal amount, string currency, int decimals)
    {
        var number = Math.Abs(amount).ToString("N" + decimals, _numbers);
        return (amount < 0 ? "−" : "") + Currencies.Symbol(currency, _zh) + number;
    }

    // Halves away from zero, as people round; a negative zero loses its sign.
    static double Rounded(double value, int decimals) =>
        Math.Abs(value) < 1e15 ? Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0 : value;

    string Grouped(double value, int decimals) => value.ToString("N" + decimals, _numbers);
}
