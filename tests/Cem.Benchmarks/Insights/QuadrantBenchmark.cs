using Cem.Benchmarks.Http;
using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Server.Features.Insights;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Benchmarks.Insights;

/// <summary>
/// The satisfaction-influence quadrant of a million answers: 125,000 responses of 20,000 accounts that rate an outcome and seven
/// factors, with the intervals of 500 resamples, inside the server.
/// </summary>
sealed class QuadrantBenchmark : IBenchmark
{
    const int Responses = 125_000;
    const int Accounts = 20_000;
    const int Rounds = 11;

    static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);
    static readonly string[] Factors = ["f1", "f2", "f3", "f4", "f5", "f6", "f7"];
    static readonly string[] Channels = ["mail", "app", "sms"];
    static readonly DateOnly Last = new(2026, 3, 10);

    public string Name => "quadrant";

    public async Task Run(TextWriter report)
    {
        await using var host = await BenchmarkHost.Start(connections: 1);
        await host.Put("/api/v1/surveys/relation", Survey());
        await host.Post("/api/v1/surveys/relation:publish", new { });
        var columns = host.Services.GetRequiredService<ScoreColumns>();
        var rows = Rows().ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var change = columns.Ratings.Change())
            foreach (var row in rows)
                change.Put(row);
        report.WriteLine($"memory of a million answers side by side{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6,45:F1} MB");
        GC.KeepAlive(rows);

        var all = new ScoreQuery("", 0, Last.AddDays(-500), Last);
        Measure.Line(report, "quadrant of a million answers, 7 factors, 500 resamples", await Measure.Median(() => Ask(host, new AskQuadrant(all)), Rounds), Limit);
        var some = all with { Filter = new Dictionary<string, IReadOnlyList<string>> { ["channel"] = ["app"] } };
        Measure.Line(report, "the same, filter that a third of the rows pass", await Measure.Median(() => Ask(host, new AskQuadrant(some)), Rounds), Limit);
    }

    static object Survey()
    {
        Dictionary<string, string> Both(string text) => new() { ["en"] = text, ["zh-CN"] = text };
        return new
        {
            title = Both("Relation"), kind = "relationship", minutes = 2, intro = Both("Hello"), thanks = Both("Thanks"),
            pages = new[]
            {
                new
                {
                    questions = Factors.Select(factor => (object)new { id = factor, type = "csat", scale = 5, text = Both(factor) })
                        .Prepend(new { id = "nps", type = "nps", text = Both("Recommend?"), required = true }).ToArray(),
                },
            },
        };
    }

    static IEnumerable<ScoreRow> Rows()
    {
        var random = new Random(1);
        for (var response = 1; response <= Responses; response++)
        {
            var (account, mood, channel, day) = (1 + random.Next(Accounts), random.Next(1, 5), Channels[random.Next(3)], Last.AddDays(-500 + (int)(500L * response / Responses)));
            int[] ratings = [.. Factors.Select(_ => Math.Clamp(mood + random.Next(-1, 3), 1, 5))];
            var nps = Math.Clamp((ratings[0] * 2 + ratings[1] + ratings[2] + random.Next(6)) / 2, 0, 10);
            foreach (var (index, score) in ratings.Prepend(nps).Index())
                yield return new ScoreRow(
                    10L * response + index, response, index == 0 ? "nps" : Factors[index - 1], index == 0 ? "nps" : "csat", score, day, account, null, 1 + account % 40, "relation", null, channel,
                    "r" + account % 4, "t" + account % 3, null, "user", 0);
        }
    }

    static async Task Ask(BenchmarkHost host, AskQuadrant question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Caller = Caller.System;
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(question);
    }
}
