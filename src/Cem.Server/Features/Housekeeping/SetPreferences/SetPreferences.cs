using Cem.Kernel.Html;
using Cem.Kernel.Security;
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
                Preferences.Keep(response, form["language"], form["theme"]);
                return TypedResults.LocalRedirect(Urls.IsLocal(form["back"]) ? form["back"].ToString() : "/");
            })
            .Sends<Request>();
}
