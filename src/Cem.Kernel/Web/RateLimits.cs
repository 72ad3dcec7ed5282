using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Cem.Kernel.Web;

/// <summary>
/// How often one key, or one address without a key, may call. The general limit keeps a runaway script from starving
/// the others; <see cref="Strict"/> is for what guesses secrets.
/// </summary>
public static class RateLimits
{
    /// <summary>Sign-in, set-up and invitation links: 10 a minute from one address.</summary>
    public const string Strict = "strict";

    const int KeyPerSecond = 20_000;
    const int AddressPerSecond = 2_000;

    internal static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = static (rejected, _) =>
        {
            var pause = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(static http => KeyId(http) is { } key
            ? Bucket("key:" + key, KeyPerSecond)
            : Bucket("address:" + http.Connection.RemoteIpAddress, AddressPerSecond));
        options.AddPolicy(Strict, static http => RateLimitPartition.GetFixedWindowLimiter(
            "strict:" + http.Connection.RemoteIpAddress,
            static _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }));
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
