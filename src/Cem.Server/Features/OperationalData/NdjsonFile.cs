using System.Buffers;
using System.Text;
using System.Text.Json;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>A JSON object a line. Members are cells by the columns' names, in any order; those with other names are passed over.</summary>
sealed class NdjsonFile(LineReader text, SourceDefinition source) : RowFile
{
    static readonly JsonReaderOptions Strict = new() { MaxDepth = WireJson.DeepestNesting };

    readonly string[] names = [.. source.Fields.Select(field => field.Column)];
    readonly Dictionary<string, int> places = source.Fields.Index().ToDictionary(pair => pair.Item.Column, pair => pair.Index, StringComparer.OrdinalIgnoreCase);
    readonly ArrayBufferWriter<byte> json = new();
    readonly ArrayBufferWriter<char> cells = new();
    readonly Cell[] row = new Cell[source.Fields.Count];
    readonly List<string> ignored = [];
    FieldError? fault;
    ReadOnlyMemory<char> current;
    long line;

    public override IReadOnlyList<string> Header => names;

    public override IReadOnlyList<string> Ignored => ignored;

    public override long Line => line;

    public override FieldError? Fault => fault;

    public override int Width => names.Length;

    public override ReadOnlySpan<char> this[int field] => cells.WrittenSpan[row[field].Text].Trim();

    public override ReadOnlySpan<char> Raw(int place) => fault is null ? cells.WrittenSpan[row[place].Text] : place == 0 ? current.Span : "";

    public override bool IsPlainNumber(int field) => row[field].IsNumber;

    public override async ValueTask<bool> Next(CancellationToken ct)
    {
        while (await text.Read(ct) is { } read)
        {
            line++;
            if (read.Span.IsWhiteSpace())
                continue;
            current = read;
            fault = Parse();
            return true;
        }
        return false;
    }

    public override void Dispose() => text.Dispose();

    FieldError? Parse()
    {
        Array.Clear(row);
        cells.ResetWrittenCount();
        json.ResetWrittenCount();
        Encoding.UTF8.GetBytes(current.Span, json);
        try
        {
            var reader = new Utf8JsonReader(json.WrittenSpan, Strict);
            if (reader.Read() && reader.TokenType != JsonTokenType.StartObject)
                return new("", "json", ("Each line is one JSON object.", "每行须为一个 JSON 对象。"));
            FieldError? wrong = null;
            for (var next = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
                if (Place(reader, ref next) is { } place)
                    wrong = Take(ref reader, place) ?? wrong;
                else
                    reader.Skip();
            // More than the object is no JSON either.
            reader.Read();
            return wrong;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return new("", "json", ("This line is not JSON, or holds a member twice.", "该行不是有效的 JSON，或含有重复的成员。"));
        }
    }

    /// <param name="next">Where the member is looked for first: they mostly come in the order of the columns.</param>
    int? Place(in Utf8JsonReader reader, ref int next)
    {
        if (next < names.Length && reader.ValueTextEquals(names[next]))
            return next++;
        var name = reader.GetString()!;
        if (places.TryGetValue(name, out var place))
        {
            next = place + 1;
            return place;
        }
        if (ignored.Count < MostIgnored && !ignored.Contains(name))
            ignored.Add(name);
        return null;
    }

    FieldError? Take(ref Utf8JsonReader reader, int place)
    {
        if (row[place].IsThere)
            throw new JsonException();
        reader.Read();
        var start = cells.WrittenCount;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                cells.Advance(reader.CopyString(cells.GetSpan(reader.ValueSpan.Length)));
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                cells.Advance(Encoding.UTF8.GetChars(reader.ValueSpan, cells.GetSpan(reader.ValueSpan.Length)));
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                reader.Skip();
                return new(names[place], "wrong-type", ("A text, a number, true, false or null is needed.", "须为文本、数值、true、false 或 null。"));
        }
        row[place] = new(start..cells.WrittenCount, reader.TokenType == JsonTokenType.Number, true);
        return null;
    }

    readonly record struct Cell(Range Text, bool IsNumber, bool IsThere);
}
