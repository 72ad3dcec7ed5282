using Cem.Kernel.Html;
using Cem.Kernel.Text;
using Microsoft.AspNetCore.Http;

namespace Cem.Kernel.Web;

/// <summary>Language and colours of a browser, kept in its cookies so that they also hold before somebody signs in.</summary>
public static class Preferences
{
    public static readonly IReadOnlyList<string> Themes = ["auto", "light", "dark"];

    /// <summary>For a form's choice of language: each by its own name, for those who can read it.</summary>
    public static readonly IReadOnlyList<Option> LanguageOptions = [new(Languages.Chinese, "中文"), new(Languages.English, "English")];

    /// <summary>Keeps what is known and leaves the rest as it was.</summary>
    public static void Keep(HttpResponse response, string? language, string? theme)
    {
        var lasting = new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = response.HttpContext.Request.IsHttps, IsEssential = true };
        if (language is not null && Languages.Knows(language))
            response.Cookies.Append(PageContext.LanguageCookie, language, lasting);
        if (theme is not null && Themes.Contains(theme))
            response.Cookies.Append(PageContext.ThemeCookie, theme, lasting);
    }
}
