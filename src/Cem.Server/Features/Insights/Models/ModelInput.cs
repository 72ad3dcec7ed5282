using System.Text.Json;

namespace Cem.Server.Features.Insights.Models;

/// <summary>
/// The input of a model, read strictly: unknown fields, wrong types and values out of range are refused with the JSON
/// pointer of the field. A field that is null counts as not given.
/// </summary>
internal sealed class ModelInput
{
    readonly JsonElement _element;
    readonly string _pointer;

    ModelInput(JsonElement element, string pointer, IEnumerable<string> fields)
    {
        _element = element;
        _pointer = pointer;
        if (element.ValueKind != JsonValueKind.Object) throw Refuse("", ModelRefusal.WrongType, $"Expected an object, not {Kind(element)}.");
        var known = fields.ToHashSet(StringComparer.Ordinal);
        foreach (var name in FieldNames(element, pointer))
            if (!known.Contains(name))
                throw Refuse(name, ModelRefusal.UnknownField, $"Unknown field \"{name}\"; known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    /// <summary>The whole input of a model. <c>language</c> (en or zh-CN, of the sentence and the warnings) is always known.</summary>
    public static ModelInput Of(JsonElement input, params IEnumerable<string> fields)
    {
        var read = new ModelInput(input, "", [.. fields, "language"]);
        read.Words = read.Text("language", "en") switch
        {
            "en" => new Words(Chinese: false),
            "zh-CN" => new Words(Chinese: true),
            _ => throw read.Refuse("language", ModelRefusal.OutOfRange, "language is \"en\" or \"zh-CN\"."),
        };
        return read;
    }

    /// <summary>The language that the answer speaks.</summary>
    public Words Words { get; private set; } = new(Chinese: false);

    public bool Has(string field) => _element.TryGetProperty(field, out var value) && value.ValueKind is not JsonValueKind.Null;

    public ModelRefusal Refuse(string field, string code, string message) => new(code, At(field), message);

    /// <summary>The JSON pointer of a field of this object.</summary>
    public string At(string field) => field.Length == 0 ? _pointer : _pointer + "/" + Escape(field);

    public double Number(string field) => AsNumber(Required(field), At(field));

    public double Number(string field, double otherwise) => Has(field) ? Number(field) : otherwise;

    public double? NumberOrNull(string field) => Has(field) ? Number(field) : null;

    /// <summary>A number within limits, both included.</summary>
    public double Number(string field, double smallest, double largest, double? otherwise = null)
    {
        var value = otherwise is { } o ? Number(field, o) : Number(field);
        if (value >= smallest && value <= largest) return value;
        throw Refuse(field, ModelRefusal.OutOfRange, FormattableString.Invariant($"{field} must be between {smallest} and {largest}, not {value}."));
    }

    /// <summary>A whole number of things: 0 to 9007199254740992.</summary>
    public long Count(string field, long? otherwise = null)
    {
        var value = otherwise is { } o ? Number(field, o) : Number(field);
        if (value >= 0 && value <= 1L << 53 && Math.Floor(value) == value) return (long)value;
        throw Refuse(field, ModelRefusal.OutOfRange, FormattableString.Invariant($"{field} must be a whole number from 0 up, not {value}."));
    }

    /// <summary>A whole number within limits, both included.</summary>
    public int Whole(string field, int smallest, int largest, int? otherwise = null)
    {
        var value = otherwise is { } o ? Number(field, o) : Number(field);
        if (value >= smallest && value <= largest && Math.Floor(value) == value) return (int)value;
        throw Refuse(field, ModelRefusal.OutOfRange, FormattableString.Invariant($"{field} must be a whole number between {smallest} and {largest}, not {value}."));
    }

    /// <summary>A number strictly between 0 and 1.</summary>
    public double Probability(string field, double otherwise)
    {
        var value = Number(field, otherwise);
        // Nearer to the ends than this, 1 - value or its quantile is no longer a number.
        if (value is > 1e-15 and < 1 - 1e-15) return value;
        throw Refuse(field, ModelRefusal.OutOfRange, FormattableString.Invariant($"{field} must lie strictly between 0 and 1, not {value}."));
    }

    /// <summary>The two-sided confidence, 0.95 when not given.</summary>
    public double Confidence() => Probability("confidence", 0.95);

    public bool Flag(string field, bool otherwise)
    {
        if (!Has(field)) return otherwise;
        var value = Required(field);
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Refuse(field, ModelRefusal.WrongType, $"{field} must be true or false, not {Kind(value)}."),
        };
    }

    public string Text(string field) => AsText(Required(field), At(field));

    public string Text(string field, string otherwise) => Has(field) ? Text(field) : otherwise;

    public string? TextOrNull(string field) => Has(field) ? Text(field) : null;

    /// <summary>One of a few words.</summary>
    public string Choice(string field, string otherwise, params string[] choices)
    {
        var value = Text(field, otherwise);
        return choices.Contains(value, StringComparer.Ordinal)
            ? value
            : throw Refuse(field, ModelRefusal.OutOfRange, $"{field} is one of {string.Join(", ", choices)}, not \"{value}\".");
    }

    public IReadOnlyList<string> Texts(string field) => [.. Items(field).Select(item => AsText(item.Value, item.Pointer))];

    /// <summary>Names that must be there and differ.</summary>
    public IReadOnlyList<string> DistinctTexts(string field)
    {
        var texts = Texts(field);
        if (texts.Count == 0) throw Refuse(field, ModelRefusal.OutOfRange, $"{field} must name at least one.");
        if (texts.GroupBy(text => text, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Refuse(field, ModelRefusal.Inconsistent, $"{field} names \"{twice.Key}\" twice.");
        return texts;
    }

    /// <summary>A list of lists of two texts each.</summary>
    public IReadOnlyList<(string First, string Second)> TextPairs(string field)
    {
        var pairs = new List<(string, string)>();
        foreach (var (pair, pointer) in Items(field))
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2) throw new ModelRefusal(ModelRefusal.WrongType, pointer, "Expected a list of two names.");
            pairs.Add((AsText(pair[0], pointer + "/0"), AsText(pair[1], pointer + "/1")));
        }
        return pairs;
    }

    /// <summary>A list of numbers in which null stands for a missing one.</summary>
    public IReadOnlyList<double?> NumbersOrNulls(string field) =>
        [.. Items(field).Select(item => item.Value.ValueKind == JsonValueKind.Null ? (double?)null : AsNumber(item.Value, item.Pointer))];

    public IReadOnlyList<double> Numbers(string field) => [.. Items(field).Select(item => AsNumber(item.Value, item.Pointer))];

    /// <summary>A list of lists of numbers in which null stands for a missing one; all rows of one length.</summary>
    public IReadOnlyList<IReadOnlyList<double?>> Rows(string field)
    {
        var rows = new List<IReadOnlyList<double?>>();
        foreach (var (row, pointer) in Items(field))
        {
            if (row.ValueKind != JsonValueKind.Array) throw new ModelRefusal(ModelRefusal.WrongType, pointer, $"Expected a list of numbers, not {Kind(row)}.");
            rows.Add([.. row.EnumerateArray().Select((cell, i) => cell.ValueKind == JsonValueKind.Null ? (double?)null : AsNumber(cell, $"{pointer}/{i}"))]);
            if (rows[^1].Count != rows[0].Count) throw new ModelRefusal(ModelRefusal.Inconsistent, pointer, $"This row has {rows[^1].Count} numbers, the first one {rows[0].Count}.");
        }
        return rows;
    }

    /// <summary>A square matrix of numbers.</summary>
    public double[,] Square(string field)
    {
        var rows = Rows(field);
        if (rows.Count == 0) throw Refuse(field, ModelRefusal.OutOfRange, $"{field} must have at least one row.");
        if (rows[0].Count != rows.Count) throw Refuse(field, ModelRefusal.Inconsistent, $"{field} must be square, not {rows.Count} x {rows[0].Count}.");
        var matrix = new double[rows.Count, rows.Count];
        for (var i = 0; i < rows.Count; i++)
            for (var j = 0; j < rows.Count; j++)
                matrix[i, j] = rows[i][j] ?? throw new ModelRefusal(ModelRefusal.Missing, $"{At(field)}/{i}/{j}", "This cell must be given.");
        return matrix;
    }

    public ModelInput Object(string field, params IEnumerable<string> fields) => new(Required(field), At(field), fields) { Words = Words };

    public IReadOnlyList<ModelInput> Objects(string field, params IEnumerable<string> fields) =>
        [.. Items(field).Select(item => new ModelInput(item.Value, item.Pointer, fields) { Words = Words })];

    /// <summary>An object whose field names the caller chose, as an input of its own.</summary>
    public ModelInput Map(string field)
    {
        var value = Required(field);
        if (value.ValueKind != JsonValueKind.Object) throw Refuse(field, ModelRefusal.WrongType, $"{field} must be an object, not {Kind(value)}.");
        return new(value, At(field), FieldNames(value, At(field))) { Words = Words };
    }

    /// <summary>The field names of this object, in its order.</summary>
    public IReadOnlyList<string> Names => [.. FieldNames(_element, _pointer).Distinct(StringComparer.Ordinal)];

    public bool IsText(string field) => Has(field) && _element.GetProperty(field).ValueKind == JsonValueKind.String;

    public bool IsNumber(string field) => Has(field) && _element.GetProperty(field).ValueKind == JsonValueKind.Number;

    public bool IsObject(string field) => Has(field) && _element.GetProperty(field).ValueKind == JsonValueKind.Object;

    /// <summary>Whether the field is a list of lists.</summary>
    public bool IsMatrix(string field) => IsList(field) && _element.GetProperty(field).EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Array);

    public bool IsList(string field) => Has(field) && _element.GetProperty(field).ValueKind == JsonValueKind.Array;

    JsonElement Required(string field) =>
        Has(field) ? _element.GetProperty(field) : throw Refuse(field, ModelRefusal.Missing, $"{field} must be given.");

    IEnumerable<(JsonElement Value, string Pointer)> Items(string field)
    {
        var value = Required(field);
        if (value.ValueKind != JsonValueKind.Array) throw Refuse(field, ModelRefusal.WrongType, $"{field} must be a list, not {Kind(value)}.");
        var at = At(field);
        return value.EnumerateArray().Select((item, i) => (item, $"{at}/{i}"));
    }

    static double AsNumber(JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Number) throw new ModelRefusal(ModelRefusal.WrongType, pointer, $"Expected a number, not {Kind(value)}.");
        // Beyond this, squares and sums leave the range of a double.
        return value.TryGetDouble(out var number) && Math.Abs(number) <= 1e100
            ? number
            : throw new ModelRefusal(ModelRefusal.OutOfRange, pointer, "This number is too large.");
    }

    static string AsText(JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.String) throw new ModelRefusal(ModelRefusal.WrongType, pointer, $"Expected a text, not {Kind(value)}.");
        return Unicode(pointer, () => value.GetString()!);
    }

    static List<string> FieldNames(JsonElement element, string pointer) =>
        Unicode(pointer, () => element.EnumerateObject().Select(field => field.Name).ToList());

    // JSON lets an escape name half a surrogate pair; such a text cannot be read at all.
    static T Unicode<T>(string pointer, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new ModelRefusal(ModelRefusal.WrongType, pointer, "This text is not valid Unicode.");
        }
    }

    static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    static string Escape(string field) => field.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
