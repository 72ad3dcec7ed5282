using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cem.Kernel.Web;

/// <summary>Instants and days as they travel: RFC 3339 with an offset, and YYYY-MM-DD.</summary>
public static partial class Wire
{
    public static string Instant(DateTimeOffset value) =>
        value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>False for a naive time: an instant without its offset is a guess.</summary>
    public static bool TryInstant([NotNullWhen(true)] string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is not null && Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant)
            && instant.Year is >= 1970 and < 2200;
    }

    /// <summary>An instant from a query string, where a plus sign that was not escaped arrives as a space.</summary>
    /// <exception cref="Problem">400: it is not one.</exception>
    public static DateTimeOffset? QueryInstant(string parameter, string? text) =>
        string.IsNullOrEmpty(text) ? null
        : TryInstant(UnescapedPlus().Replace(text, "+"), out var instant) ? instant
        : throw Problem.Malformed(parameter, "instant", ($"{parameter} is an instant in RFC 3339 with its offset, such as 2026-03-01T09:30:00Z.", $"{parameter} 须为带时区偏移的 RFC 3339 时间，例如 2026-03-01T09:30:00Z。"));

    public static bool TryDay([NotNullWhen(true)] string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"(?<=:\d{2}(\.\d{1,9})?) (?=\d{2}:\d{2}$)", RegexOptions.CultureInvariant)]
    private static partial Regex UnescapedPlus();
}
