using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Cem.Kernel.Web;

/// <summary>Outermost: one line a request, with who and how long, and never with what (no personal data in the log).</summary>
sealed class LogBehaviour<TRequest, TResponse>(Caller caller, ILogger<LogBehaviour<TRequest, TResponse>> log) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    static readonly string Name = RequestName.Of(typeof(TRequest));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (!log.IsEnabled(LogLevel.Information))
            return await next();
        var start = Stopwatch.GetTimestamp();
        try
        {
            var response = await next();
            log.LogInformation("{Request} by {Kind} {Caller}: done in {Milliseconds:0.0} ms", Name, caller.Kind, caller.Id, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return response;
        }
        catch (Problem problem)
        {
            log.LogInformation("{Request} by {Kind} {Caller}: {Status} {Code} in {Milliseconds:0.0} ms", Name, caller.Kind, caller.Id, problem.Status, problem.Code, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            throw;
        }
    }
}

/// <summary>Holds the caller against the request's <see cref="AccessAttribute"/>, whichever way the request came.</summary>
sealed class AuthoriseBehaviour<TRequest, TResponse>(Caller caller) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    static readonly AccessAttribute? Access = typeof(TRequest).GetCustomAttribute<AccessAttribute>();

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        // Questions between areas carry no access of their own: they are asked by a handler that was let in.
        if (Access is not null && !Access.Admits(caller))
            throw caller.Kind == CallerKind.Nobody ? Problem.SignInNeeded() : Problem.Forbidden();
        return next();
    }
}

/// <summary>Runs the slice's validators; every broken rule is reported at once, by its pointer.</summary>
sealed class ValidateBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
            if (Validation.Errors(validator, request) is { Count: > 0 } errors)
                throw Problem.Rules(errors);
        return next();
    }
}

/// <summary>Arms the retry key: same key and same request, same answer.</summary>
sealed class RetryBehaviour<TRequest, TResponse>(RetryKey retry, Caller caller) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (retry.Header is not null)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(retry.Target));
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Stored));
            retry.Begin(caller.Id, Convert.ToHexStringLower(hash.GetHashAndReset()), typeof(TResponse));
        }
        return next();
    }
}

static class RequestName
{
    /// <summary><c>Features.Customers.PutAccount.PutAccount+Request</c> is called Customers/PutAccount.</summary>
    public static string Of(Type request)
    {
        var parts = (request.Namespace ?? "").Split('.').SkipWhile(part => part != "Features").Skip(1).ToArray();
        return parts.Length > 0 ? string.Join('/', parts) : request.Name;
    }
}
