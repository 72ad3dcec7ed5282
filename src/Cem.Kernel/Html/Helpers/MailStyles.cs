using System.Globalization;

namespace Cem.Kernel.Html.Helpers;

/// <summary>
/// What mail clients ask for: styles on the element, and charts of table cells, which show with images off and in every
/// client. Colours are middling or set with their ground, so that clients that invert them leave them readable.
/// </summary>
static class MailStyles
{
    const string Font = "font-family:-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif;";
    const string Line = "border-bottom:1px solid #e0e3e8;";
    const string Neutral = "#c3c8d0";
    const string Track = "#eceef1";

    static readonly Dictionary<string, string> Styles = new()
    {
        ["body"] = "margin:0;padding:0;background:#ffffff;",
        ["hidden"] = "display:none;max-height:0;overflow:hidden;",
        ["outer"] = "padding:24px 16px 40px;",
        ["brand"] = Font + "padding-bottom:12px;font-size:15px;line-height:22px;font-weight:600;color:#16181d;" + Line,
        ["text"] = Font + "padding-top:20px;font-size:15px;line-height:23px;color:#16181d;",
        ["h1"] = "margin:0 0 12px;font-size:20px;line-height:28px;font-weight:600;",
        ["h2"] = "margin:28px 0 8px;font-size:16px;line-height:24px;font-weight:600;",
        ["p"] = "margin:0 0 12px;",
        ["small"] = "margin:0 0 8px;font-size:13px;line-height:19px;color:#565c69;",
        ["table"] = "border-collapse:collapse;",
        ["head"] = Font + "padding:4px 12px 4px 0;font-size:12.5px;line-height:18px;font-weight:500;color:#565c69;text-align:left;" + Line,
        ["headNumber"] = Font + "padding:4px 0 4px 12px;font-size:12.5px;line-height:18px;font-weight:500;color:#565c69;text-align:right;" + Line,
        ["cell"] = Font + "padding:7px 12px 7px 0;font-size:14px;line-height:20px;text-align:left;vertical-align:top;" + Line,
        ["cellBar"] = "padding:12px 12px 12px 0;vertical-align:top;" + Line,
        ["cellNumber"] = Font + "padding:7px 0 7px 12px;font-size:14px;line-height:20px;text-align:right;white-space:nowrap;vertical-align:top;" + Line,
        ["score"] = Font + "padding:4px 16px 4px 0;font-size:36px;line-height:44px;font-weight:600;",
        ["scoreDetail"] = Font + "font-size:13px;line-height:19px;color:#565c69;",
        ["good"] = "color:#1769aa;",
        ["bad"] = "color:#a94e06;",
        ["quote"] = "margin:16px 0;padding-left:12px;border-left:3px solid #c3c8d0;white-space:pre-line;",
        ["quadrant"] = Font + "padding:10px 12px;font-size:14px;line-height:21px;border:1px solid #e0e3e8;",
        ["button"] = "margin:16px 0;",
        ["buttonCell"] = "border-radius:6px;",
        ["scaleCell"] = Font + "border:1px solid #868c99;border-radius:6px;text-align:center;"
    };

    public static IEnumerable<(string, Helper)> All { get; } =
    [
        ("style", (in call) => Style(call)),
        ("mailAccent", (in call) => Accents.OnLight(call.Page.Accent)),
        ("mailBar", (in call) => Bar(call)),
        ("mailInterval", (in call) => Interval(call))
    ];

    static SafeHtml Style(in HelperCall call)
    {
        var name = call.Text(0);
        var accent = Accents.OnLight(call.Page.Accent);
        if (name == "buttonLink")
            return new($"style=\"{Font}display:inline-block;padding:11px 22px;font-size:15px;line-height:22px;font-weight:600;color:{Accents.Ink(accent)};text-decoration:none;\"");
        return Styles.TryGetValue(name, out var style) ? new($"style=\"{style}\"") : throw new ArgumentException($"{{{{style}}}} does not know \"{name}\"");
    }

    /// <summary><c>{{mailBar share tone}}</c>: a share 0-1 as a filled cell.</summary>
    static SafeHtml Bar(in HelperCall call)
    {
        var filled = Math.Clamp(call.Number(0) ?? 0, 0, 1);
        return Cells([(filled, Colour(call.Count > 1 ? call.Text(1) : "none"), ""), (1 - filled, Track, "track")]);
    }

    /// <summary><c>{{mailInterval low value high least most tone}}</c>: where a figure lies on an axis, and how surely.</summary>
    static SafeHtml Interval(in HelperCall call)
    {
        var (least, most) = (call.Number(3) ?? 0, call.Number(4) ?? 1);
        double At(double? value) => Math.Clamp(((value ?? least) - least) / Math.Max(most - least, 1e-12), 0, 1);
        const double dot = 0.02;
        var (low, value, high) = (At(call.Number(0)), Math.Clamp(At(call.Number(1)), dot / 2, 1 - dot / 2), At(call.Number(2)));
        var (from, to) = (value - dot / 2, value + dot / 2);
        if (call.Number(1) is null) return Cells([(1, Track, "track")]);
        return Cells([
            (Math.Min(low, from), Track, "track"), (Math.Max(from - low, 0), Neutral, ""), (dot, Colour(call.Count > 5 ? call.Text(5) : "none"), ""),
            (Math.Max(high - to, 0), Neutral, ""), (1 - Math.Max(high, to), Track, "track")]);
    }

    static string Colour(string tone) => tone switch { "good" => "#2f7fc1", "bad" => "#c96a1b", _ => "#7c8391" };

    // Widths are whole percents that add up to 100, for clients that round each by itself.
    static SafeHtml Cells(ReadOnlySpan<(double Share, string Colour, string Class)> parts)
    {
        var html = new System.Text.StringBuilder("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>");
        var (sum, drawn) = (0.0, 0);
        foreach (var (share, colour, name) in parts)
        {
            sum += share;
            var width = (int)Math.Round(sum * 100) - drawn;
            if (width <= 0) continue;
            drawn += width;
            html.Append(CultureInfo.InvariantCulture, $"<td width=\"{width}%\" height=\"10\" bgcolor=\"{colour}\"{(name.Length > 0 ? $" class=\"{name}\"" : "")} style=\"width:{width}%;height:10px;font-size:0;line-height:0;background:{colour};\">&nbsp;</td>");
        }
        return new(html.Append("</tr></table>").ToString());
    }
}
