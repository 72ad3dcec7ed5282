using System.Collections.Concurrent;
using System.Diagnostics;

namespace Cem.Benchmarks.Http;

/// <summary>Calls over many connections at once, each waiting for its answer before the next.</summary>
static class Load
{
    /// <param name="call">Makes the call with that number.</param>
    /// <returns>Calls a second, and how long each took.</returns>
    /// <exception cref="InvalidOperationException">An answer was no success.</exception>
    public static async Task<(double PerSecond, IReadOnlyList<TimeSpan> Latencies)> Run(HttpClient client, int connections, int calls, Func<int, HttpRequestMessage> call)
    {
        var latencies = new ConcurrentBag<TimeSpan>();
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < calls)
            {
                using var request = call(number);
                var sent = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request);
                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                latencies.Add(Stopwatch.GetElapsedTime(sent));
            }
        })));
        return (calls / Stopwatch.GetElapsedTime(start).TotalSeconds, [.. latencies]);
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>The latency that all but one call in a hundred kept.</summary>
    public static TimeSpan Percentile99(IEnumerable<TimeSpan> latencies)
    {
        var sorted = latencies.Order().ToList();
        return sorted[sorted.Count * 99 / 100];
    }
}
