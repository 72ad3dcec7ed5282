using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Microsoft.AspNetCore.Http;

namespace Cem.Kernel.Web;

/// <summary>Makes the <see cref="RenderContext"/> of pages (from the request) and mails (from the reader's language).</summary>
public sealed class PageContext(CompanyTime time, CompanyProfile company, FormTokens tokens, Texts texts, IServiceProvider services)
{
    public const string ThemeCookie = "theme";
    public const string LanguageCookie = "lang";

    /// <summary>For a mail or a document: no navigation, no form.</summary>
    public RenderContext For(string language) => new(language, time.Zone, time.Now)
    {
        CompanyName = company.Current.Name(language),
        Accent = company.Current.Colour,
    };

    /// <summary>For a page that stands alone and brings its own style, which the content security policy lets in by its nonce.</summary>
    public RenderContext For(HttpContext http, string language) =>
        For(language) with { Path = http.Request.Path.Value ?? "/", Nonce = SecurityHeaders.NewNonce(http) };

    /// <summary>For a page of the workbench.</summary>
    /// <param name="scope">The slice, whose texts hold the message that a redirect asked for (<c>?done=saved</c>: the text <c>done.saved</c>).</param>
    public RenderContext For(HttpContext http, Caller caller, string scope)
    {
        var navigation = (Navigation)services.GetService(typeof(Navigation))!;
        var path = http.Request.Path.Value ?? "/";
        var query = http.Request.Query.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))).ToList();
        return For(caller.Language) with
        {
            Path = path,
            Query = [.. query.Where(pair => pair.Key != "done")],
            Filters = [.. query.Where(pair => Filters.Names.Contains(pair.Key))],
            Navigation = caller.Kind == CallerKind.Staff ? navigation.Main(caller, path) : [],
            Tabs = caller.Kind == CallerKind.Staff ? navigation.Tabs(caller, path) : [],
            User = caller.Kind == CallerKind.Staff ? new PageUser(caller.Name, texts.For(caller.Language, scope)["role." + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(caller.Role.ToString())]) : null,
            FormToken = new FormToken(FormTokens.Field, tokens.For(caller)),
            Theme = http.Request.Cookies[ThemeCookie] is "light" or "dark" ? http.Request.Cookies[ThemeCookie]! : "auto",
            ThemeHref = "/theme.css?v=" + company.Current.Colour.TrimStart('#'),
            Flash = http.Request.Query["done"] is { Count: > 0 } done && texts.For(caller.Language, scope).Find("done." + done) is { } text ? new Flash("good", text) : null,
        };
    }
}

/// <summary>The parameters of the filter bar; they live in the address and are carried from page to page.</summary>
public static class Filters
{
    public const string Period = "period";
    public const string OrgUnit = "orgUnit";

    public static readonly IReadOnlySet<string> Names = new HashSet<string>
    {
        Period, OrgUnit, "from", "to", "survey", "touchpoint", "segment", "product", "channel", "role", "region", "tier",
    };
}
