using System.Threading.RateLimiting;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Responses.AnswerSurvey;

/// <summary>
/// Slows down who tries out links. Only links that do not exist are counted: a whole company may answer from one address.
/// </summary>
sealed class UnknownLinks : IDisposable
{
    const int PerMinute = 30;

    readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(
        address, _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <exception cref="Problem">429: this address has called too many links that do not exist.</exception>
    public void Check(string address)
    {
        using var lease = limiter.AttemptAcquire(address, 0);
        if (!lease.IsAcquired)
            throw Problem.TooMany(TimeSpan.FromMinutes(1));
    }

    public void Count(string address) => limiter.AttemptAcquire(address).Dispose();

    public void Dispose() => limiter.Dispose();
}

sealed class SurveyPageServices : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddSingleton<UnknownLinks>();
}
