using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Cem.Kernel.Web;

/// <summary>
/// Life behind a reverse proxy that ends TLS: the caller's own address and scheme are taken from its headers, when the
/// machine that sent them is this one or one that the settings name. Everybody else's headers are only claims.
/// </summary>
static class Proxies
{
    public static void Use(WebApplication app, Settings settings)
    {
        // A chain of proxies is followed for as long as each of them is known.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        foreach (var network in settings.Proxies)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
        if (!settings.IsHttps)
            return;
        // What is public over https stays so, though the proxy may not tell: cookies never leave over http.
        app.Use((context, next) =>
        {
            context.Request.Scheme = Uri.UriSchemeHttps;
            return next(context);
        });
        app.UseHsts();
    }
}
