using System.Buffers;
using System.Text;

namespace Cem.Kernel.Html;

/// <summary>
/// Escapes text for element content and quoted attributes. Everything else, Chinese too, stays readable: pages are
/// UTF-8. Templates always quote attributes.
/// </summary>
public static class HtmlText
{
    static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'\0");

    /// <summary>The text with <c>&lt; &gt; &amp; " '</c> as character references; NUL, which HTML forbids, as U+FFFD.</summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (!text.AsSpan().ContainsAny(Special)) return text;
        var writer = new StringWriter(new StringBuilder(text.Length + 16));
        Write(text, writer);
        return writer.ToString();
    }

    internal static void Write(ReadOnlySpan<char> rest, TextWriter target)
    {
        for (var at = rest.IndexOfAny(Special); at >= 0; at = rest.IndexOfAny(Special))
        {
            target.Write(rest[..at]);
            target.Write(rest[at] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => "\uFFFD"
            });
            rest = rest[(at + 1)..];
        }
        target.Write(rest);
    }
}
