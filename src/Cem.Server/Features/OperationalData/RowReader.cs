using System.Buffers;
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

    static readonly SearchValues<char> OfWrittenNumbers = SearchValues.Create("0123456789+-.,");

    readonly SourceDefinition source;
    readonly CompanyTime time;
    readonly string eventType;
    readonly Reading[] fields;
    readonly RowTexts texts;
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
        texts = new RowTexts(metrics.Count == 0 ? 0 : metrics.Values.Max() + 1, source.Key.Count);
        latest = time.Now.AddDays(1).ToUnixTimeMilliseconds();
    }

    /// <summary>Adds the row on which a file stands to a chunk.</summary>
    public ReadRow Read(RowFile file, RowChunk chunk)
    {
        var row = chunk.Add();
        row.Begin(file.Line);
        texts.Begin(chunk.Texts);
        if (file.Fault is { } fault)
            row.Refuse(fault);
        else
            foreach (var field in fields)
                Take(row, field, file[field.Index], file.IsPlainNumber(field.Index));
        texts.End(row);
        if (source.Kind == SourceKind.Event)
            row.Type ??= eventType;
        if (row.Errors.Count > 0)
            Keep(file, row);
        return row;
    }

    /// <summary>Keeps the row on which a file stands as it is, to be given back should it be refused.</summary>
    public void Keep(RowFile file, ReadRow row) => texts.Keep(file, row);

    void Take(ReadRow row, in Reading field, ReadOnlySpan<char> cell, bool plain)
    {
        if (cell.Length == 0)
        {
            if (field.IsNeeded)
                Refuse(row, field, "missing", ("This may not be empty.", "此项不能为空。"));
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
            texts.KeyPart(field.KeyPart, value);
    }

    Range Value(ReadRow row, in Reading field, ReadOnlySpan<char> cell, bool plain)
    {
        switch (field.Field.Type)
        {
            case FieldType.Integer or FieldType.Number:
                return Number(row, field, cell, plain) is { } number ? Keep(field, number) : default;
            case FieldType.Boolean:
                if (Cells.Truth(cell) is not { } truth)
                    return Refuse(row, field, "boolean", ("true or false is needed.", "须为 true 或 false。"));
                if (field.Slot >= 0)
                    texts.Number(field.Slot, texts.Note(truth ? "1" : "0"));
                else
                    Keep(field, texts.Note(truth ? "true" : "false"));
                return texts.Note(truth ? "true" : "false");
            case FieldType.Date:
                return Cells.TryDay(cell, field.Field.Dates, out var day) ? KeepText(field, texts.Note(day)) : NoDate(row, field);
            case FieldType.Instant or FieldType.LocalTime:
                return ReadInstant(row, field, cell) is { } instant ? KeepText(field, texts.Note(Wire.Instant(instant))) : default;
            default:
                if (cell.Length > LongestText)
                    return Refuse(row, field, "length", ($"At most {LongestText} characters are taken.", $"最多 {LongestText} 个字符。"));
                if (cell.Contains(Csv.Unreadable))
                    return Unreadable(row, field);
                return KeepText(field, texts.Note(field.Alias(cell, names)));
        }
    }

    Range? Number(ReadRow row, in Reading field, ReadOnlySpan<char> cell, bool plain)
    {
        if (cell.Length <= 15 && !cell.ContainsAnyExcept(Cells.Digits) && (cell[0] != '0' || cell.Length == 1))
            return texts.Note(cell);
        if (!Cells.TryNumber(cell, plain ? NumberStyle.Plain : source.Numbers, out var number))
            Refuse(row, field, "number", cell.ContainsAny(',', '.') && !cell.ContainsAnyExcept(OfWrittenNumbers)
                ? ($"'{cell}' is not a number in the style that the source declares; does a comma or a point stand for the decimals?", $"“{cell}”不符合数据源声明的数值写法，请确认逗号或句点的含义。")
                : ("A number is needed.", "须为数值。"));
        else if (field.Field.Type == FieldType.Integer && (number != Math.Floor(number) || Math.Abs(number) > 1e15))
            Refuse(row, field, "integer", ("A whole number is needed.", "须为整数。"));
        else
            return texts.Note(number);
        return null;
    }

    Range Period(ReadRow row, in Reading field, ReadOnlySpan<char> cell)
    {
        if (!Cells.TryPeriod(cell, field.Field.Period ?? PeriodLength.Day, field.Field.Dates, out var first))
            return NoDate(row, field);
        row.Day = first;
        // The key keeps the day as given: two rows of one week are two rows.
        return texts.Note(Cells.TryDay(cell, field.Field.Dates, out var given) ? given : first);
    }

    Range Instant(ReadRow row, in Reading field, ReadOnlySpan<char> cell)
    {
        if (ReadInstant(row, field, cell) is not { } instant)
            return default;
        row.At = instant.ToUnixTimeMilliseconds();
        row.Day = time.DayOf(instant);
        // A contract may begin next year, a ticket may not have been opened then.
        if (row.At > latest && field.Field.Type != FieldType.Date)
            return Refuse(row, field, "future", ("This lies more than a day ahead.", "该时间超出当前时间一天以上。"));
        return field.KeyPart >= 0 ? texts.Note(Wire.Instant(instant)) : default;
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

    Range Name(ReadRow row, in Reading field, FieldRole role, ReadOnlySpan<char> cell)
    {
        if (cell.Length > LongestName)
            return Refuse(row, field, "length", ($"At most {LongestName} characters are taken.", $"最多 {LongestName} 个字符。"));
        if (cell.Contains(Csv.Unreadable))
            return Unreadable(row, field);
        var name = names.Of(field.Alias(cell, names));
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
        return field.KeyPart >= 0 ? texts.Note(name) : default;
    }

    Range Keep(in Reading field, Range value)
    {
        if (field.Slot >= 0)
            texts.Number(field.Slot, value);
        else if (!IsWholeKey(field))
            texts.Attribute(field.Json, value);
        return value;
    }

    Range KeepText(in Reading field, Range value)
    {
        if (!IsWholeKey(field))
            texts.TextAttribute(field.Json, value);
        return value;
    }

    /// <summary>What is the key by itself stands there already.</summary>
    bool IsWholeKey(in Reading field) => field.KeyPart >= 0 && source.Key.Count == 1;

    static Range NoDate(ReadRow row, in Reading field) => Refuse(row, field, "date", field.Field.Dates == DateOrder.YearFirst
        ? ("A date is needed, such as 2026-03-01; for 1/3/2026 the source must say whether the day or the month comes first.", "需要日期，例如 2026-03-01；如写作 1/3/2026，须在数据源中声明日和月的先后。")
        : ("A date is needed.", "需要日期。"));

    static Range Unreadable(ReadRow row, in Reading field) =>
        Refuse(row, field, "encoding", ("There are characters that cannot be read; save the file as UTF-8.", "含有无法识别的字符，请将文件保存为 UTF-8。"));

    static Range Refuse(ReadRow row, in Reading field, string code, Say say)
    {
        row.Refuse(new FieldError(field.Field.Column, code, say));
        return default;
    }

    /// <param name="Slot">-1 for no number.</param>
    /// <param name="KeyPart">Its place in the key; -1 for none.</param>
    readonly record struct Reading(int Index, SourceField Field, bool IsNeeded, int Slot, int KeyPart)
    {
        public byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(Field.Column, Cem.Kernel.Data.Json.Stored);

        public ReadOnlySpan<char> Alias(ReadOnlySpan<char> cell, NamePool names) =>
            Field.Aliases is { } aliases && aliases.TryGetValue(names.Of(cell), out var alias) ? alias : cell;
    }
}
