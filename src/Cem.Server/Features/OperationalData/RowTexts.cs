using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cem.Server.Features.OperationalData;

/// <summary>
/// Composes the texts under which a row is kept, in UTF-8: its key, its numbers as a JSON list, and its attributes as a JSON
/// object. Composes many rows, one at a time.
/// </summary>
/// <param name="slots">How many numbers a row may have.</param>
/// <param name="keyParts">Of how many values the key is made.</param>
sealed class RowTexts(int slots, int keyParts)
{
    const int LongestKeptCell = 2_000;
    const byte Between = (byte)'|';

    static readonly SearchValues<byte> Escaped = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(each => (byte)each)]);

    readonly ArrayBufferWriter<byte> values = new();
    readonly Range[] numbers = new Range[slots];
    readonly Range[] key = new Range[keyParts];
    ArrayBufferWriter<byte> texts = new();
    int start;

    /// <param name="into">Where the texts of the row go.</param>
    public void Begin(ArrayBufferWriter<byte> into)
    {
        values.ResetWrittenCount();
        Array.Clear(numbers);
        Array.Clear(key);
        texts = into;
        start = texts.WrittenCount;
        texts.Write("{"u8);
    }

    /// <summary>A value of the row, to be put where it belongs.</summary>
    public Range Note(ReadOnlySpan<char> text)
    {
        var from = values.WrittenCount;
        Encoding.UTF8.GetBytes(text, values);
        return from..values.WrittenCount;
    }

    public Range Note(DateOnly day) => Note(day, "yyyy-MM-dd");

    public Range Note(double number) => Note(number, "R");

    public void Number(int slot, Range value) => numbers[slot] = value;

    public void KeyPart(int part, Range value) => key[part] = value;

    /// <summary>An attribute that is a number, true or false.</summary>
    /// <param name="name">As JSON.</param>
    public void Attribute(ReadOnlySpan<byte> name, Range value)
    {
        Name(name);
        texts.Write(values.WrittenSpan[value]);
    }

    /// <inheritdoc cref="Attribute"/>
    public void TextAttribute(ReadOnlySpan<byte> name, Range value)
    {
        Name(name);
        WriteText(value);
    }

    /// <summary>Tells the row where its texts are.</summary>
    public void End(ReadRow row)
    {
        texts.Write("}"u8);
        row.Attributes = start..texts.WrittenCount;
        row.Numbers = WriteNumbers();
        row.Key = WriteKey();
    }

    /// <summary>Keeps the row on which a file stands as it is.</summary>
    public void Keep(RowFile file, ReadRow row)
    {
        values.ResetWrittenCount();
        var from = texts.WrittenCount;
        texts.Write("["u8);
        for (var place = 0; place < file.Width; place++)
        {
            if (place > 0)
                texts.Write(","u8);
            var cell = file.Raw(place);
            WriteText(Note(cell.Length <= LongestKeptCell ? cell : $"{cell[..LongestKeptCell]}…"));
        }
        texts.Write("]"u8);
        row.Raw = from..texts.WrittenCount;
    }

    void WriteText(Range value)
    {
        var text = values.WrittenSpan[value];
        if (text.ContainsAny(Escaped))
        {
            texts.Write(JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(text), Cem.Kernel.Data.Json.Stored));
            return;
        }
        texts.Write("\""u8);
        texts.Write(text);
        texts.Write("\""u8);
    }

    void Name(ReadOnlySpan<byte> name)
    {
        if (texts.WrittenCount > start + 1)
            texts.Write(","u8);
        texts.Write(name);
        texts.Write(":"u8);
    }

    Range WriteNumbers()
    {
        var from = texts.WrittenCount;
        var given = numbers.AsSpan().TrimEnd(default(Range));
        texts.Write("["u8);
        for (var i = 0; i < given.Length; i++)
        {
            if (i > 0)
                texts.Write(","u8);
            texts.Write(given[i].Equals(default) ? "null"u8 : values.WrittenSpan[given[i]]);
        }
        texts.Write("]"u8);
        return from..texts.WrittenCount;
    }

    Range WriteKey()
    {
        var from = texts.WrittenCount;
        if (key.AsSpan().TrimEnd(default(Range)).IsEmpty)
            return from..from;
        for (var i = 0; i < key.Length; i++)
        {
            if (i > 0)
                texts.Write([Between]);
            var part = values.WrittenSpan[key[i]];
            // One bar is two, so that no two keys are the same by accident.
            for (int bar; key.Length > 1 && (bar = part.IndexOf(Between)) >= 0; part = part[(bar + 1)..])
            {
                texts.Write(part[..(bar + 1)]);
                texts.Write([Between]);
            }
            texts.Write(part);
        }
        return from..texts.WrittenCount;
    }

    Range Note<T>(T value, string format) where T : IUtf8SpanFormattable
    {
        var from = values.WrittenCount;
        value.TryFormat(values.GetSpan(32), out var written, format, CultureInfo.InvariantCulture);
        values.Advance(written);
        return from..values.WrittenCount;
    }
}
