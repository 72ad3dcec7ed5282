using System.Diagnostics;

namespace Cem.Benchmarks;

/// <summary>Times work by the median of several rounds, once it is compiled and warm.</summary>
static class Measure
{
    public const int Rounds = 7;

    // The runtime compiles hot methods anew in the background, some tenths of a second after the first calls.
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Median duration of one run of the work.</summary>
    public static TimeSpan Median(Action work, int rounds = Rounds)
    {
        var began = Stopwatch.GetTimestamp();
        do
            work();
        while (Stopwatch.GetElapsedTime(began) < WarmUp);
        var times = new List<TimeSpan>(rounds);
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return Median(times);
    }

    /// <inheritdoc cref="Median(Action, int)"/>
    public static async Task<TimeSpan> Median(Func<Task> work, int rounds = Rounds)
    {
        var began = Stopwatch.GetTimestamp();
        do
            await work();
        while (Stopwatch.GetElapsedTime(began) < WarmUp);
        var times = new List<TimeSpan>(rounds);
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return Median(times);
    }

    /// <summary>The middle one; of an even number the longer of the two in the middle.</summary>
    public static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>A figure as the report writes it: name, milliseconds, limit, kept or not.</summary>
    public static void Line(TextWriter report, string name, TimeSpan median, TimeSpan? limit = null) =>
        report.WriteLine(limit is { } most
            ? $"{name,-64} {median.TotalMilliseconds,10:F2} ms   limit {most.TotalMilliseconds:F0} ms   {(median <= most ? "kept" : "BROKEN")}"
            : $"{name,-64} {median.TotalMilliseconds,10:F2} ms");

    /// <summary>How many times as long the other takes, beside the least it should be.</summary>
    public static void Ratio(TextWriter report, string name, TimeSpan other, TimeSpan ours, double? least = null)
    {
        var ratio = other / ours;
        report.WriteLine(least is { } most
            ? $"{name,-64} {ratio,10:F1} x    limit {most:F0} x   {(ratio >= most ? "kept" : "BROKEN")}"
            : $"{name,-64} {ratio,10:F1} x");
    }
}
