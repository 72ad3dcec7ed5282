namespace Cem.Kernel.Html.Helpers;

/// <summary>Values as the reader writes them.</summary>
static class Formatting
{
    public static IEnumerable<(string, Helper)> All { get; } =
    [
        ("number", (in call) => call.Page.Formats.Number(call.Number(0), call.Int(1, 0))),
        ("signed", (in call) => call.Page.Formats.Signed(call.Number(0), call.Int(1, 0))),
        ("percent", (in call) => call.Page.Formats.Percent(call.Number(0), call.Int(1, 0))),
        ("date", (in call) => call[0] is DateTimeOffset instant ? call.Page.Formats.Date(instant) : call.Page.Formats.Date(Day(call))),
        ("month", (in call) => Day(call) is { } day ? call.Page.Formats.Month(day) : Text.Formats.Nothing),
        ("time", (in call) => call.Page.Formats.Time(Instant(call))),
        ("ago", (in call) => Instant(call) is { } instant ? call.Page.Formats.Relative(instant, call.Page.Now) : Text.Formats.Nothing),
        ("duration", (in call) => call[0] is TimeSpan span ? call.Page.Formats.Duration(span) : Text.Formats.Nothing),
        ("money", (in call) => call.Page.Formats.Money((long?)call.Number(0), call.Text(1))),
        ("moneyShort", (in call) => call.Page.Formats.MoneyShort((long?)call.Number(0), call.Text(1))),
        ("iso", (in call) => HelperCall.Invariant(call[0]))
    ];

    static DateOnly? Day(in HelperCall call) => call[0] switch
    {
        null => null,
        DateOnly date => date,
        DateTimeOffset instant => call.Page.Formats.Day(instant),
        var other => throw new ArgumentException($"{{{{{call.Helper}}}}} needs a date, not a {other.GetType().Name}")
    };

    static DateTimeOffset? Instant(in HelperCall call) => call[0] switch
    {
        null => null,
        DateTimeOffset instant => instant,
        var other => throw new ArgumentException($"{{{{{call.Helper}}}}} needs an instant, not a {other.GetType().Name}")
    };
}
