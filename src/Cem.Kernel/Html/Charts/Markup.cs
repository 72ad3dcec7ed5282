using System.Globalization;
using System.Text;

namespace Cem.Kernel.Html.Charts;

/// <summary>Writes elements: attributes always escaped, numbers invariant with two decimals.</summary>
sealed class Markup
{
    readonly StringBuilder _text = new(2048);
    readonly Stack<string> _open = new();

    public Markup Open(string element, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Tag(element, attributes);
        _open.Push(element);
        return this;
    }

    /// <summary>Closes the element opened last.</summary>
    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>An element without content: a shape in SVG, a void element in HTML.</summary>
    public Markup Leaf(string element, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Tag(element, attributes);
        _text.Append("</").Append(element).Append('>');
        return this;
    }

    public Markup Element(string element, string text, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Tag(element, attributes);
        _text.Append(HtmlText.Escape(text)).Append("</").Append(element).Append('>');
        return this;
    }

    public Markup Text(string text)
    {
        _text.Append(HtmlText.Escape(text));
        return this;
    }

    /// <summary>Opens a link where there is an address, else a group that can say its title.</summary>
    public Markup OpenLink(string? href, string? cssClass = null, bool tabbed = true) =>
        href is null ? Open("g", ("class", cssClass)) : Open("a", ("href", href), ("class", cssClass), ("tabindex", tabbed ? null : "-1"));

    /// <summary>A text of HTML, as a link where there is an address.</summary>
    public Markup Linked(string text, string? href) =>
        href is null ? Text(text) : Element("a", text, ("href", href));

    public SafeHtml Done() => _open.Count == 0 ? new(_text.ToString())
        : throw new InvalidOperationException($"<{_open.Peek()}> is not closed");

    /// <summary>A share 0-1 of the width, as a length.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    void Tag(string element, ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        _text.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            if (value is null) continue;
            _text.Append(' ').Append(name).Append("=\"");
            _text.Append(value is double number ? number.ToString("0.##", CultureInfo.InvariantCulture) : HtmlText.Escape(Convert.ToString(value, CultureInfo.InvariantCulture)));
            _text.Append('"');
        }
        _text.Append('>');
    }
}
