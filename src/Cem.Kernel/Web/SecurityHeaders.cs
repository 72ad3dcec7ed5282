using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Cem.Kernel.Web;

/// <summary>
/// Headers on every answer. Pages may load from this server alone, run no inline script, be framed by nobody; a page that
/// brings its own style (the survey) names its nonce in <see cref="StyleNonce"/>.
/// </summary>
static class SecurityHeaders
{
    public const string StyleNonce = "style-nonce";

    /// <summary>Lets the page of this call bring its own style: a nonce for it, made for this call alone.</summary>
    public static string NewNonce(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[StyleNonce] = nonce;
        return nonce;
    }

    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            var style = http.Items[StyleNonce] is string nonce ? $"'self' 'nonce-{nonce}'" : "'self'";
            headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            headers.XFrameOptions = "DENY";
            if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true && !headers.ContainsKey("Cache-Control"))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}
