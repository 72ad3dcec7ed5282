using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Housekeeping.SetPreferences;

/// <summary>
/// Language and colours of this browser, from the switch on every page. They are cookies, so that they also hold before
/// somebody signs in; the language that mails are written in is part of the user's profile.
/// </summary>
[Access(Anyone = true)]
sealed record Request : IRequest;

sealed class Module : Routes
{
    public Module() =>
        Post("/preferences", (IFormCollection form, HttpResponse response) =>
            {
                var lasting = new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true };
                if (form["language"].ToString() is var language && Languages.Knows(language))
                    response.Cookies.Append(PageContext.LanguageCookie, language, lasting);
                if (form["theme"].ToString() is "auto" or "light" or "dark")
                    response.Cookies.Append(PageContext.ThemeCookie, form["theme"].ToString(), lasting);
                return TypedResults.LocalRedirect(Urls.IsLocal(form["back"]) ? form["back"].ToString() : "/");
            })
            .Sends<Request>();
}
