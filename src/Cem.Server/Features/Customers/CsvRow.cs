using System.Globalization;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Customers;

/// <summary>One row of a file, read column by column; what cannot be read is collected, so that all of it is reported at once.</summary>
/// <param name="columns">Column names and where they stand.</param>
sealed class CsvRow(IReadOnlyDictionary<string, int> columns, string[] cells)
{
    readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>Null where the cell is empty or the file has no such column.</summary>
    public string? Text(string column) =>
        columns.TryGetValue(column, out var index) && Csv.Unguard(cells[index].Trim()) is { Length: > 0 } text ? text : null;

    public string Required(string column) => Text(column) ?? Refuse(column, "missing", ("This may not be empty.", "此项不能为空。"), "");

    public bool Flag(string column) => Text(column)?.ToUpperInvariant() switch
    {
        null or "FALSE" or "0" or "NO" or "N" or "否" => false,
        "TRUE" or "1" or "YES" or "Y" or "是" => true,
        _ => Refuse(column, "boolean", ("true or false is needed.", "须为 true 或 false。"), false),
    };

    public DateOnly? Day(string column) => Text(column) switch
    {
        null => null,
        var text when Wire.TryDay(text, out var day) => day,
        _ => Refuse<DateOnly?>(column, "date", ("A date is needed as YYYY-MM-DD.", "需要 YYYY-MM-DD 格式的日期。"), null),
    };

    public DateTimeOffset? Instant(string column) => Text(column) switch
    {
        null => null,
        var text when Wire.TryInstant(text, out var instant) => instant,
        _ => Refuse<DateTimeOffset?>(column, "instant", ("An instant is needed with its offset, such as 2026-03-01T09:30:00+08:00.", "需要带时区偏移的时间，例如 2026-03-01T09:30:00+08:00。"), null),
    };

    public long? Whole(string column) => Text(column) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => Refuse<long?>(column, "number", ("A whole number is needed.", "需要整数。"), null),
    };

    /// <summary>One of the names of an enum, written as in JSON.</summary>
    public TEnum Choice<TEnum>(string column) where TEnum : struct, Enum
    {
        var names = Enum.GetValues<TEnum>().ToDictionary(value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.OrdinalIgnoreCase);
        return names.TryGetValue(Text(column) ?? "", out var choice)
            ? choice
            : Refuse(column, "choice", ($"One of these is needed: {string.Join(", ", names.Keys)}.", $"只能是以下之一：{string.Join("、", names.Keys)}。"), default(TEnum));
    }

    /// <summary>Several values with semicolons between them.</summary>
    public IReadOnlyList<string> Several(string column) =>
        Text(column)?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    T Refuse<T>(string column, string code, Say say, T instead)
    {
        errors.Add(new FieldError(column, code, say));
        return instead;
    }
}
