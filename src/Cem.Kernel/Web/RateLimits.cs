using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Cem.Kernel.Web;

/// <summary>
/// How often one key, or one address without a key, may call. The general limit keeps a runaway script from starving
/// the others; the strict one is for what guesses secrets: sign-in, set-up and invitation links.
/// </summary>
/// <remarks>The framework's own middleware never disposes its limiter, whose timer keeps the whole server in memory.</remarks>
sealed class RateLimits : IDisposable
{
    const int KeyPerSecond = 20_000;
    const int AddressPerSecond = 2_000;
    const int StrictPerMinute = 10;

    readonly PartitionedRateLimiter<HttpContext> general = PartitionedRateLimiter.Create<HttpContext, string>(static http => KeyId(http) is { } key
        ? Bucket("key:" + key, KeyPerSecond)
        : Bucket("address:" + http.Connection.RemoteIpAddress, AddressPerSecond));

    readonly PartitionedRateLimiter<HttpContext> strict = PartitionedRateLimiter.Create<HttpContext, string>(static http => RateLimitPartition.GetFixedWindowLimiter(
        $"{http.Connection.RemoteIpAddress}",
        static _ => new FixedWindowRateLimiterOptions { PermitLimit = StrictPerMinute, Window = TimeSpan.FromMinutes(1) }));

    public Task Apply(HttpContext http, RequestDelegate next)
    {
        Count(general, http);
        if (http.GetEndpoint()?.Metadata.GetMetadata<StrictRateLimit>() is not null)
            Count(strict, http);
        return next(http);
    }

    public void Dispose()
    {
        general.Dispose();
        strict.Dispose();
    }

    static void Count(PartitionedRateLimiter<HttpContext> limiter, HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http);
        if (!lease.IsAcquired)
            throw Problem.TooMany(lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1));
    }

    static RateLimitPartition<string> Bucket(string name, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = perSecond * 2, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = true, QueueLimit = 0,
    });

    /// <summary>The public part of a key; whether the key is good is found out later.</summary>
    static string? KeyId(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var key = header.StartsWith("Bearer cem_", StringComparison.Ordinal) ? header["Bearer cem_".Length..]
            : http.Request.Headers["X-Api-Key"].ToString() is { Length: > 4 } own && own.StartsWith("cem_", StringComparison.Ordinal) ? own["cem_".Length..] : null;
        var end = key?.IndexOf('_', StringComparison.Ordinal) ?? -1;
        return end > 0 ? key![..Math.Min(end, 20)] : null;
    }
}

/// <summary>The route may be called ten times a minute from one address.</summary>
sealed record StrictRateLimit;
