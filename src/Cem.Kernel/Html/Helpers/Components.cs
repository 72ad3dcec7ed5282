using Cem.Kernel.Html.Charts;

namespace Cem.Kernel.Html.Helpers;

/// <summary>Helpers that make markup.</summary>
static class Components
{
    static readonly HashSet<string> Tones = ["", "active", "done", "late", "good", "bad"];

    public static IEnumerable<(string, Helper)> All(HelperSite site) =>
    [
        ("field", (in call) => FormFields.Draw(site, call)),
        ("accentCss", (in call) => new SafeHtml(Accents.Css(call.Page.Accent))),
        ("svg", (in call) => Draw(site, call)),
        ("link", (in call) => new SafeHtml($"<a href=\"{HtmlText.Escape(call.Text(0))}\">{HtmlText.Escape(call.Text(1))}</a>")),
        ("strong", (in call) => new SafeHtml($"<strong>{HtmlText.Escape(call.Text(0))}</strong>")),
        ("pill", (in call) => Pill(call)),
        ("difference", (in call) => Difference(call))
    ];

    static SafeHtml Pill(in HelperCall call)
    {
        var tone = call.Count > 1 ? call.Text(1) : "";
        return Tones.Contains(tone)
            ? new($"<span class=\"pill{(tone.Length == 0 ? "" : " pill-" + tone)}\">{HtmlText.Escape(call.Text(0))}</span>")
            : throw new ArgumentException($"{{{{pill}}}} does not know the tone \"{tone}\"");
    }

    static string Difference(in HelperCall call) => call[0] is not Change change
        ? throw new ArgumentException("{{difference}} needs a Change")
        : change.IsShare && change.Difference is not null
            ? call.Page.Formats.Signed(change.Difference * 100, change.Decimals) + "%"
            : call.Page.Formats.Signed(change.Difference, change.Decimals);

    static SafeHtml Draw(HelperSite site, in HelperCall call) => call[0] switch
    {
        null => SafeHtml.Empty,
        IChart chart => chart.Draw(call.Page, site.Texts),
        var other => throw new ArgumentException($"{{{{svg}}}} draws a chart, not a {other.GetType().Name}")
    };
}
