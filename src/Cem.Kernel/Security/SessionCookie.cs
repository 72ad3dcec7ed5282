using Microsoft.AspNetCore.Http;

namespace Cem.Kernel.Security;

/// <summary>
/// The cookie that holds a session's secret: out of reach for scripts, not sent along by other sites' forms, and over https
/// alone wherever https is in use.
/// </summary>
public static class SessionCookie
{
    public const string Name = "cem-session";

    /// <summary>A session is over when it was idle for so long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>A session is over when it is so old, however busy.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 and <= 100 } secret ? secret : null;

    public static void Set(HttpContext context, string secret)
    {
        var options = Options(context);
        options.MaxAge = Longest;
        context.Response.Cookies.Append(Name, secret, options);
    }

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", IsEssential = true,
    };
}
