using System.Globalization;
using HandlebarsDotNet;

namespace Cem.Kernel.Html.Helpers;

/// <summary>What every helper can reach.</summary>
sealed record HelperSite(TemplateEngine Engine, Text.Texts Texts, Assets Assets);

/// <summary>One call of a helper in a template: its positional and its named arguments.</summary>
readonly struct HelperCall
{
    static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    readonly Arguments _arguments;

    public HelperCall(string helper, RenderContext page, in Arguments arguments)
    {
        Helper = helper;
        Page = page;
        _arguments = arguments;
        var hasNamed = arguments.Length > 0 && arguments[arguments.Length - 1] is IReadOnlyDictionary<string, object?> last
            && ReferenceEquals(last, arguments.Hash);
        Named = hasNamed ? arguments.Hash : None;
        Count = arguments.Length - (hasNamed ? 1 : 0);
    }

    public string Helper { get; }

    public RenderContext Page { get; }

    /// <summary>Named arguments.</summary>
    public IReadOnlyDictionary<string, object?> Named { get; }

    /// <summary>Number of positional arguments.</summary>
    public int Count { get; }

    /// <summary>A positional argument.</summary>
    public object? this[int index] => index < Count ? _arguments[index]
        : throw new ArgumentException($"{{{{{Helper}}}}} lacks its argument {index + 1}");

    public string Text(int index) => Invariant(this[index]);

    public double? Number(int index) => AsNumber(this[index]);

    public int Int(int index, int otherwise) => index < Count ? (int)(AsNumber(_arguments[index]) ?? otherwise) : otherwise;

    /// <summary>A value as a machine reads it: numbers and dates invariant, booleans in lower case, null empty.</summary>
    public static string Invariant(object? value) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? ""
    };

    // Literals such as 1.5 come as text.
    double? AsNumber(object? value) => value switch
    {
        null or "" => null,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        IConvertible number and not string and not bool => number.ToDouble(CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{{{{{Helper}}}}} needs a number, not \"{value}\"")
    };
}
