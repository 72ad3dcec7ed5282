using System.Collections.Frozen;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Cem.Kernel.Web;

/// <summary>
/// Stands before every endpoint: finds the caller, holds them against the access of the request the route sends, bounds
/// the body and checks the token of forms, all before a byte of the body is bound. A route that says nothing of its
/// access lets nobody in.
/// </summary>
sealed class GateMiddleware(RequestDelegate next, IEnumerable<ICallerSource> sources, FormTokens tokens)
{
    const long DefaultBodyLimit = 1024 * 1024;
    const string SessionPage = "/sign-in";

    static readonly FrozenSet<string> Unsafe = FrozenSet.ToFrozenSet([HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete]);

    readonly ICallerSource[] sources = [.. sources];

    public async Task Invoke(HttpContext context, CallerContext callers, RetryKey retry)
    {
        // What is no route is the framework's own refusal: wrong method, wrong media type.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }
        var forApi = IsApi(context.Request);
        var caller = Find(context, forApi) ?? Caller.Nobody with { Language = Language(context) };
        if (caller.Kind == CallerKind.Staff && context.Request.Cookies[PageContext.LanguageCookie] is { } chosen && Languages.Knows(chosen))
            caller = caller with { Language = chosen };
        callers.Caller = caller;
        if (endpoint.Metadata.GetMetadata<AccessAttribute>() is not { } access || !access.Admits(caller))
        {
            if (caller.Kind != CallerKind.Nobody)
                throw Problem.Forbidden();
            if (forApi)
                throw Problem.SignInNeeded();
            context.Response.Redirect(HttpMethods.IsGet(context.Request.Method)
                ? $"{SessionPage}?back={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}"
                : SessionPage, permanent: false);
            return;
        }
        Bound(context, endpoint.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? DefaultBodyLimit);
        if (Unsafe.Contains(context.Request.Method))
        {
            if (forApi)
            {
                retry.Header = ReadRetryKey(context.Request);
                retry.Target = context.Request.Path;
            }
            else if (endpoint.Metadata.GetMetadata<OwnFormToken>() is null)
                await CheckToken(context, caller);
        }
        await next(context);
    }

    internal static bool IsApi(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal);

    Caller? Find(HttpContext context, bool forApi)
    {
        foreach (var source in sources)
            if (source.ForApi == forApi && source.Find(context) is { } caller)
                return caller;
        return null;
    }

    async Task CheckToken(HttpContext context, Caller caller)
    {
        // Those who are not signed in share one token, which a form on another site could carry to sign them in as somebody else.
        if (!context.Request.HasFormContentType || context.Request.Headers["Sec-Fetch-Site"] == "cross-site")
            throw Problem.ForeignForm();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!tokens.Fits(form[FormTokens.Field], caller))
            throw Problem.ForeignForm();
    }

    static void Bound(HttpContext context, long limit)
    {
        if (context.Request.ContentLength > limit)
            throw Problem.TooLarge(limit);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = limit;
    }

    static string? ReadRetryKey(HttpRequest request)
    {
        if (request.Headers["Idempotency-Key"] is not { Count: > 0 } values)
            return null;
        var key = values.ToString();
        return key.Length is > 0 and <= 200
            ? key
            : throw Problem.Malformed("Idempotency-Key", "length", ("An Idempotency-Key has 1 to 200 characters.", "Idempotency-Key 须为 1 到 200 个字符。"));
    }

    static string Language(HttpContext context) => Languages.Choose(
        context.Request.Query["lang"] is { Count: > 0 } asked ? asked.ToString()
        : context.Request.Cookies[PageContext.LanguageCookie] ?? context.Request.Headers.AcceptLanguage.ToString());
}
