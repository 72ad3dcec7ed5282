using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TravelSaas;

/// <summary>The files' forms: CSV with quotes only where needed, and one JSON object a line; UTF-8, LF, invariant.</summary>
internal static class Output
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A CSV file of the given columns (comma-separated names) and rows.</summary>
    public static byte[] Csv(string columns, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder(columns).Append('\n');
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>An NDJSON file: one object for each item, written by the given function.</summary>
    public static byte[] Lines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var file = new MemoryStream();
        foreach (var item in items)
        {
            using (var json = new Utf8JsonWriter(file, Relaxed))
            {
                json.WriteStartObject();
                write(json, item);
                json.WriteEndObject();
            }
            file.WriteByte((byte)'\n');
        }
        return file.ToArray();
    }

    public static void Optional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    /// <summary>RFC 3339 in the company's zone, which knows no summer time.</summary>
    public static string Instant(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Field(object? value)
    {
        var text = value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            DateTime at => Instant(at),
            DateOnly day => Day(day),
            IEnumerable<string> list => string.Join(';', list),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
        return text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
