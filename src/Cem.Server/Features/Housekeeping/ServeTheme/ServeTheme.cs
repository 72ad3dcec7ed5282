using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Housekeeping.ServeTheme;

/// <summary>The company's colour as a style sheet, so that no page needs an inline style.</summary>
[Access(Anyone = true)]
sealed record Request : IRequest;

sealed class Module : Routes
{
    public Module() =>
        Get("/theme.css", (CompanyProfile company, HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return TypedResults.Text(Accents.Css(company.Current.Colour), "text/css");
            })
            .Sends<Request>();
}
