using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cem.Kernel.Web;

/// <summary>The one place that answers for what went wrong: problem+json to programs, a page to people.</summary>
sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await Answer(context, FromStatus(context.Response.StatusCode));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
        }
#pragma warning disable CA1031 // this is the place for it
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            var problem = ProblemMapping.From(fault);
            if (problem is null)
                log.LogError(fault, "Unhandled in {Method} {Route}", context.Request.Method, context.GetEndpoint()?.DisplayName);
            await Answer(context, problem ?? Problem.Internal());
        }
    }

    static Problem FromStatus(int status) => status switch
    {
        401 => Problem.SignInNeeded(),
        403 => Problem.Forbidden(),
        404 => Problem.NotFound("not-found", ("There is nothing at this address.", "该地址不存在。")),
        405 => Problem.Other(405, "method", ("This address does not take that method.", "该地址不支持此请求方法。")),
        415 => Problem.Other(415, "media-type", ("Send this as application/json.", "请以 application/json 发送。")),
        429 => Problem.TooMany(TimeSpan.FromSeconds(1)),
        _ => Problem.Other(status, "refused", ("The request was refused.", "请求被拒绝。")),
    };

    static async Task Answer(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } pause && !context.Response.Headers.ContainsKey("Retry-After"))
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (problem.Status == 401)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (GateMiddleware.IsApi(context.Request))
            await context.Response.WriteAsJsonAsync(ProblemDetails.Of(problem, TraceId(context)), WireJson.Options, "application/problem+json", CancellationToken.None);
        else
            await context.RequestServices.GetRequiredService<IErrorPage>().Write(context, problem, TraceId(context));
    }

    static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}

/// <summary>Draws the page a person sees when something went wrong.</summary>
interface IErrorPage
{
    Task Write(HttpContext context, Problem problem, string traceId);
}

/// <summary>RFC 9457, as sent.</summary>
public sealed record ProblemDetails(string Type, string Code, string Title, int Status, string Detail, string TraceId, IReadOnlyList<ProblemDetails.Error> Errors)
{
    public sealed record Error(string Pointer, string Code, string Message);

    internal static ProblemDetails Of(Problem problem, string traceId) => new(
        $"/docs/problems#{problem.Code}", problem.Code, Reason(problem.Status), problem.Status,
        problem.Errors.Count == 1 && problem.Errors[0].Pointer.Length > 0 ? $"{problem.Errors[0].Pointer}: {problem.Errors[0].Message.En}" : problem.Say.En,
        traceId, [.. problem.Errors.Select(error => new Error(error.Pointer, error.Code, error.Message.En))]);

    static string Reason(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}
