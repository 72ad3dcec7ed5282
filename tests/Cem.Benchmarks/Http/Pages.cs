using System.Diagnostics;
using Cem.Contracts.Access;
using Cem.Kernel.Security;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Benchmarks.Http;

/// <summary>Whole pages, as somebody who is signed in opens them, one after the other.</summary>
static class Pages
{
    const int Calls = 60;

    /// <summary>How long all but the slowest twentieth of the calls take at most, over HTTP.</summary>
    public static async Task<TimeSpan> P95(HttpClient browser, string path)
    {
        for (var warm = 0; warm < 10; warm++)
            await browser.GetStringAsync(path);
        var times = new List<TimeSpan>();
        for (var page = 0; page < Calls; page++)
        {
            var start = Stopwatch.GetTimestamp();
            await browser.GetStringAsync(path);
            times.Add(Stopwatch.GetElapsedTime(start));
        }
        return times.Order().ElementAt(Calls * 95 / 100);
    }

    /// <summary>What a page costs in processor time, the client's part included: what else the machine does weighs little in it.</summary>
    public static async Task<TimeSpan> Processor(HttpClient browser, string path)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var page = 0; page < Calls; page++)
            await browser.GetStringAsync(path);
        process.Refresh();
        return (process.TotalProcessorTime - before) / Calls;
    }

    /// <summary>A client with the cookie of a manager of an org unit, or of a CX manager, who has opened a one-time link.</summary>
    public static async Task<HttpClient> SignIn(BenchmarkHost host, string? unit)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Caller = Caller.System;
        var link = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AskSignInLink($"{unit ?? "cx"}@example.com", "Somebody", unit is null ? "cxManager" : "manager", unit, "en"));
        var client = new HttpClient { BaseAddress = host.Client.BaseAddress };
        var token = host.Services.GetRequiredService<FormTokens>().For(Caller.Nobody);
        using var answer = await client.PostAsync(link.Path, new FormUrlEncodedContent([KeyValuePair.Create(FormTokens.Field, token)]));
        return answer.IsSuccessStatusCode ? client : throw new InvalidOperationException($"{(int)answer.StatusCode}: the link did not sign in");
    }
}
