using System.Globalization;

namespace Cem.Kernel.Html;

/// <summary>The company's colour, made readable: as text on white, as text on black, and with text of its own.</summary>
public static class Accents
{
    /// <summary>The built-in accent.</summary>
    public const string Default = "#5546b5";

    // A company has one accent.
    static Sheet? _latest;

    sealed record Sheet(string Accent, string Css);

    /// <summary>Whether the text is a colour in the form <c>#rrggbb</c>.</summary>
    public static bool IsColour(string? text) =>
        text is { Length: 7 } && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit);

    /// <summary>Style sheet that sets the accent for light and dark pages; contrast with the ground at least 4.5 (WCAG 2.2, 1.4.3).</summary>
    /// <exception cref="ArgumentException">Not a colour.</exception>
    public static string Css(string accent)
    {
        if (_latest is { } latest && latest.Accent == accent) return latest.Css;
        var (light, dark) = (OnLight(accent), OnDark(accent));
        var css = $$$"""
            :root{--accent:{{{light}}};--on-accent:{{{Ink(light)}}}}
            @media(prefers-color-scheme:dark){:root:not([data-theme=light]){--accent:{{{dark}}};--on-accent:{{{Ink(dark)}}}}}
            :root[data-theme=dark]{--accent:{{{dark}}};--on-accent:{{{Ink(dark)}}}}

            """;
        _latest = new(accent, css);
        return css;
    }

    /// <summary>The colour, darkened until it can be read on white.</summary>
    public static string OnLight(string accent) => Toward(Parse(accent), 0, (255, 255, 255));

    /// <summary>The colour, lightened until it can be read on the dark ground.</summary>
    public static string OnDark(string accent) => Toward(Parse(accent), 255, (0x17, 0x18, 0x1c));

    /// <summary>White or near-black, whichever reads better on the colour.</summary>
    public static string Ink(string colour) =>
        Contrast(Parse(colour), (255, 255, 255)) >= 4.5 ? "#ffffff" : "#111318";

    static string Toward((int R, int G, int B) colour, int end, (int, int, int) ground)
    {
        for (var step = 0; ; step++)
        {
            int Mix(int part) => part + (end - part) * step / 50;
            var mixed = (Mix(colour.R), Mix(colour.G), Mix(colour.B));
            if (step == 50 || Contrast(mixed, ground) >= 4.6)
                return string.Create(CultureInfo.InvariantCulture, $"#{mixed.Item1:x2}{mixed.Item2:x2}{mixed.Item3:x2}");
        }
    }

    static (int R, int G, int B) Parse(string colour) => IsColour(colour)
        ? (Convert.ToInt32(colour[1..3], 16), Convert.ToInt32(colour[3..5], 16), Convert.ToInt32(colour[5..7], 16))
        : throw new ArgumentException($"\"{colour}\" is not a colour like #1a2b3c", nameof(colour));

    /// <summary>WCAG 2.2 contrast ratio, 1 to 21.</summary>
    static double Contrast((int, int, int) a, (int, int, int) b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    static double Luminance((int R, int G, int B) c)
    {
        static double Linear(int part) => part / 255.0 is var s && s <= 0.04045 ? s / 12.92 : Math.Pow((s + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear(c.R) + 0.7152 * Linear(c.G) + 0.0722 * Linear(c.B);
    }
}
