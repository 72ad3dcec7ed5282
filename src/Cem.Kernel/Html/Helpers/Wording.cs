using System.Text;
using Cem.Kernel.Text;

namespace Cem.Kernel.Html.Helpers;

/// <summary><c>{{t "key" name=value}}</c>: a text of the slice in the reader's language.</summary>
static class Wording
{
    public static IEnumerable<(string, Helper)> All(HelperSite site) =>
    [
        ("t", (in call) => Write(site.Texts, call))
    ];

    // The template's scope is the first argument, put there by Preparation.
    static object Write(Texts texts, in HelperCall call)
    {
        var (scope, key, page, named) = (call.Text(0), call.Text(1), call.Page, call.Named);
        var pattern = texts.Pattern(page.Language, scope, key);
        if (pattern.Plain is { } plain) return plain;
        // A link or a score among the arguments makes the whole text markup; everything else in it is escaped here.
        var isMarkup = named.Values.Any(value => value is SafeHtml);
        var text = new StringBuilder();
        pattern.For(name => named.GetValueOrDefault(name)).Write(
            literal => text.Append(isMarkup ? HtmlText.Escape(literal) : literal),
            name => text.Append(Argument(named.TryGetValue(name, out var value) ? value : throw Texts.Missing(scope, key, name))));
        return isMarkup ? new SafeHtml(text.ToString()) : text.ToString();

        string Argument(object? value) => value is SafeHtml html ? html.ToString()
            : isMarkup ? HtmlText.Escape(page.Formats.Argument(value)) : page.Formats.Argument(value);
    }
}
