using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>Reads rows of one source: types, required fields, aliases, periods. Reads many rows, one at a time.</summary>
sealed class RowReader
{
    const int LongestText = 2_000;
    const int LongestName = 128;
    const char Between = '|';

    static readonly SearchValues<char> OfWrittenNumbers = SearchValues.Create("0123456789+-.,");

    readonly SourceDefinition source;
    readonly CompanyTime time;
    readonly string eventType;
    readonly Reading[] fields;
    readonly string?[] slots;
    readonly string[] keyParts;
    readonly StringBuilder text = new();
    readonly NamePool names = new();
    readonly long latest;

    /// <param name="metrics">The slot of each metric.</param>
    public RowReader(SourceDefinition source, string code, IReadOnlyDictionary<string, int> metrics, CompanyTime time)
    {
        this.source = source;
        this.time = time;
        eventType = source.EventType ?? code;
        fields = [.. source.Fields.Select((field, index) => new Reading(
            index, field, source.Needs(field), field.Metric is { } metric ? metrics[metric] : -1,
            source.Key.Index().Where(pair => pair.Item.Equals(field.Column, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Index).FirstOrDefault(-1)))];
        slots = new string?[metrics.Count == 0 ? 0 : metrics.Values.Max() + 1];
        keyParts = new string[source.Key.Count];
        latest = time.Now.AddDays(1).ToUnixTimeMilliseconds();
    }

    public void Read(RowFile file, ReadRow row)
    {
        row.Begin(file.Line);
        if (file.Fault is { } fault)
            row.Errors.Add(fault);
        else
        {
            Array.Clear(slots);
            text.Clear().Append('{');
            foreach (var field in fields)
                Take(row, field, file[field.Index], file.IsPlainNumber(field.Index));
            row.Attributes = text.Length == 1 ? "{}" : text.Append('}').ToString();
            row.Numbers = WriteNumbers();
            row.Key = keyParts.Length == 1 ? keyParts[0] : string.Join(Between, keyParts);
            if (source.Kind == SourceKind.Event)
                row.Type ??= eventType;
        }
        if (row.Errors.Count > 0)
            row.Raw = file.Raw();
    }

    void Take(ReadRow row, in Reading field, ReadOnlySpan<char> cell, bool plain)
    {
        if (cell.Length == 0)
        {
            if (field.IsNeeded)
                Refuse(row, field, "missing", ("This may not be empty.", "此项不能为空。"));
            if (field.KeyPart >= 0)
                keyParts[field.KeyPart] = "";
            return;
        }
        var value = field.Field.Maps switch
        {
            FieldRole.Period => Period(row, field, cell),
            FieldRole.At => Instant(row, field, cell),
            { } role => Name(row, field, role, cell),
            null => Value(row, field, cell, plain),
        };
        if (field.KeyPart >= 0)
            // One bar is two, so that no two keys are the same by accident.
            keyParts[field.KeyPart] = keyParts.Length > 1 ? value.Replace("|", "||", StringComparison.Ordinal) : value;
    }

    string Value(ReadRow row, in Reading field, ReadOnlySpan<char> cell, bool plain)
    {
        switch (field.Field.Type)
        {
            case FieldType.Integer or FieldType.Number:
                return Number(row, field, cell, plain);
            case FieldType.Boolean:
                if (Cells.Truth(cell) is not { } truth)
                    return Refuse(row, field, "boolean", ("true or false is needed.", "须为 true 或 false。"));
                return Keep(field, truth ? "1" : "0", truth ? "true" : "false");
            case FieldType.Date:
                return Cells.TryDay(cell, field.Field.Dates, out var day) ? KeepText(field, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : NoDate(row, field);
            case FieldType.Instant or FieldType.LocalTime:
                return ReadInstant(row, field, cell) is { } instant ? KeepText(field, Wire.Instant(instant)) : "";
            default:
                if (cell.Length > LongestText)
                    return Refuse(row, field, "length", ($"At most {LongestText} characters are taken.", $"最多 {LongestText} 个字符。"));
                if (cell.Contains(Csv.Unreadable))
                    return Unreadable(row, field);
                return KeepText(field, field.Alias(cell, names));
        }
    }

    string Number(ReadRow row, in Reading field, ReadOnlySpan<char> cell, bool plain)
    {
        if (cell.Length <= 15 && !cell.ContainsAnyExceptInRange('0', '9') && (cell[0] != '0' || cell.Length == 1))
            return Keep(field, names.Of(cell), null);
        if (!Cells.TryNumber(cell, plain ? NumberStyle.Plain : source.Numbers, out var number))
            return Refuse(row, field, "number", cell.ContainsAny(',', '.') && !cell.ContainsAnyExcept(OfWrittenNumbers)
                ? ($"'{cell}' is not a number in the style that the source declares; does a comma or a point stand for the decimals?", $"“{cell}”不符合数据源声明的数值写法，请确认逗号或句点的含义。")
                : ("A number is needed.", "须为数值。"));
        if (field.Field.Type == FieldType.Integer && (number != Math.Floor(number) || Math.Abs(number) > 1e15))
            return Refuse(row, field, "integer", ("A whole number is needed.", "须为整数。"));
        return Keep(field, number.ToString("R", CultureInfo.InvariantCulture), null);
    }

    string Period(ReadRow row, in Reading field, ReadOnlySpan<char> cell)
    {
        if (!Cells.TryPeriod(cell, source.Period, field.Field.Dates, out var first))
            return NoDate(row, field);
        row.Day = first;
        // The key keeps the day as given: two rows of one week are two rows.
        return Cells.TryDay(cell, field.Field.Dates, out var given) ? given.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    string Instant(ReadRow row, in Reading field, ReadOnlySpan<char> cell)
    {
        if (ReadInstant(row, field, cell) is not { } instant)
            return "";
        row.At = instant.ToUnixTimeMilliseconds();
        row.Day = time.DayOf(instant);
        // A contract may begin next year, a ticket may not have been opened then.
        if (row.At > latest && field.Field.Type != FieldType.Date)
            return Refuse(row, field, "future", ("This lies more than a day ahead.", "该时间超出当前时间一天以上。"));
        return Wire.Instant(instant);
    }

    DateTimeOffset? ReadInstant(ReadRow row, in Reading field, ReadOnlySpan<char> cell)
    {
        switch (field.Field.Type)
        {
            case FieldType.Date when Cells.TryDay(cell, field.Field.Dates, out var day):
                return time.StartOf(day);
            case FieldType.LocalTime when Cells.TryLocalTime(cell, field.Field.Dates, out var local, out var at):
                return time.At(local, at);
            case FieldType.Instant when Wire.TryInstant(cell.ToString(), out var instant):
                return instant;
            case FieldType.Date:
                NoDate(row, field);
                return null;
            case FieldType.LocalTime:
                Refuse(row, field, "local-time", ("A date with a time is needed, such as 2026-03-01 09:30.", "需要日期和时间，例如 2026-03-01 09:30。"));
                return null;
            default:
                Refuse(row, field, "instant", ("An instant is needed with its offset, such as 2026-03-01T09:30:00+08:00.", "需要带时区偏移的时间，例如 2026-03-01T09:30:00+08:00。"));
                return null;
        }
    }

    string Name(ReadRow row, in Reading field, FieldRole role, ReadOnlySpan<char> cell)
    {
        if (cell.Length > LongestName)
            return Refuse(row, field, "length", ($"At most {LongestName} characters are taken.", $"最多 {LongestName} 个字符。"));
        if (cell.Contains(Csv.Unreadable))
            return Unreadable(row, field);
        var name = field.Alias(cell, names);
        _ = role switch
        {
            FieldRole.Account => row.Account = name,
            FieldRole.Contact => row.Contact = name,
            FieldRole.OrgUnit => row.OrgUnit = name,
            FieldRole.Touchpoint => row.Touchpoint = name,
            FieldRole.Product => row.Product = name,
            FieldRole.Channel => row.Channel = name,
            _ => row.Type = name,
        };
        return name;
    }

    string Keep(in Reading field, string number, string? word)
    {
        if (field.Slot >= 0)
            slots[field.Slot] = number;
        else if (!IsWholeKey(field))
            Member(field, word ?? number, quoted: false);
        return word ?? number;
    }

    string KeepText(in Reading field, string value)
    {
        if (!IsWholeKey(field))
            Member(field, value, quoted: true);
        return value;
    }

    /// <summary>What is the key by itself stands there already.</summary>
    bool IsWholeKey(in Reading field) => field.KeyPart >= 0 && keyParts.Length == 1;

    void Member(in Reading field, string value, bool quoted)
    {
        if (text.Length > 1)
            text.Append(',');
        text.Append(field.Json).Append(':');
        if (!quoted)
            text.Append(value);
        else if (value.AsSpan().ContainsAnyInRange('\0', '\u001F') || value.AsSpan().IndexOfAny('"', '\\') >= 0)
            text.Append(JsonSerializer.Serialize(value, Cem.Kernel.Data.Json.Stored));
        else
            text.Append('"').Append(value).Append('"');
    }

    string WriteNumbers()
    {
        var length = slots.Length;
        while (length > 0 && slots[length - 1] is null)
            length--;
        if (length == 0)
            return "[]";
        var from = text.Clear();
        for (var i = 0; i < length; i++)
            from.Append(i == 0 ? '[' : ',').Append(slots[i] ?? "null");
        return from.Append(']').ToString();
    }

    static string NoDate(ReadRow row, in Reading field) => Refuse(row, field, "date", field.Field.Dates == DateOrder.YearFirst
        ? ("A date is needed, such as 2026-03-01; for 1/3/2026 the source must say whether the day or the month comes first.", "需要日期，例如 2026-03-01；如写作 1/3/2026，须在数据源中声明日和月的先后。")
        : ("A date is needed.", "需要日期。"));

    static string Unreadable(ReadRow row, in Reading field) =>
        Refuse(row, field, "encoding", ("There are characters that cannot be read; save the file as UTF-8.", "含有无法识别的字符，请将文件保存为 UTF-8。"));

    static string Refuse(ReadRow row, in Reading field, string code, Say say)
    {
        row.Errors.Add(new FieldError(field.Field.Column, code, say));
        return "";
    }

    /// <param name="Slot">-1 for no number.</param>
    /// <param name="KeyPart">Its place in the key; -1 for none.</param>
    readonly record struct Reading(int Index, SourceField Field, bool IsNeeded, int Slot, int KeyPart)
    {
        public string Json { get; } = JsonSerializer.Serialize(Field.Column, Cem.Kernel.Data.Json.Stored);

        public string Alias(ReadOnlySpan<char> cell, NamePool names)
        {
            var name = names.Of(cell);
            return Field.Aliases is { } aliases && aliases.TryGetValue(name, out var alias) ? alias : name;
        }
    }
}
