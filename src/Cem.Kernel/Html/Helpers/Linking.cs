namespace Cem.Kernel.Html.Helpers;

/// <summary>Addresses and what a form needs besides its fields.</summary>
static class Linking
{
    public static IEnumerable<(string, Helper)> All(HelperSite site) =>
    [
        ("asset", (in call) => site.Assets.Path(call.Text(0))),
        ("href", (in call) => Urls.Build(Path(call), call.Page.Filters.With([.. Named(call)]))),
        ("absolute", (in call) => call.Page.BaseUrl + Urls.Build(Path(call), Named(call))),
        ("here", (in call) => Urls.Build(call.Page.Path, call.Page.Query.With([.. Named(call)]))),
        ("token", (in call) => Token(call.Page))
    ];

    // {{href "/accounts/{id}" id=account.id}}: a named argument that the path names goes there, encoded.
    static string Path(in HelperCall call)
    {
        var path = call.Text(0);
        foreach (var (name, value) in call.Named)
            path = path.Replace("{" + name + "}", Uri.EscapeDataString(HelperCall.Invariant(value)), StringComparison.Ordinal);
        return path;
    }

    static List<KeyValuePair<string, string>> Named(in HelperCall call)
    {
        var template = call.Count > 0 ? call.Text(0) : "";
        return [.. call.Named
            .Where(n => !template.Contains("{" + n.Key + "}", StringComparison.Ordinal))
            .Select(n => KeyValuePair.Create(n.Key, HelperCall.Invariant(n.Value)))];
    }

    static SafeHtml Token(RenderContext page) => page.FormToken is not { } token ? SafeHtml.Empty
        : new($"<input type=\"hidden\" name=\"{HtmlText.Escape(token.Field)}\" value=\"{HtmlText.Escape(token.Value)}\">");
}
