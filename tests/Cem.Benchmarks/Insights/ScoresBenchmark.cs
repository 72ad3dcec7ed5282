using System.Diagnostics;
using Cem.Benchmarks.Http;
using Cem.Contracts.Access;
using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Server.Features.Insights;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Benchmarks.Insights;

/// <summary>
/// What people wait for with a million answers: histograms and NPS by org unit, touchpoint, role, product and month, filtered,
/// inside the server, beside the sqlite3 command on the same question; and the whole pages, over HTTP and signed in.
/// </summary>
sealed class ScoresBenchmark : IBenchmark
{
    // Some milliseconds each: many rounds, so that what else the machine does weighs little.
    const int Rounds = 51;
    const int Pages = 60;
    const double LeastOfSqlite = 20;

    static readonly TimeSpan Million = TimeSpan.FromMilliseconds(30);
    static readonly TimeSpan Page = TimeSpan.FromMilliseconds(150);

    static readonly string[] Dimensions = ["orgUnit", "touchpoint", "role", "product"];

    public string Name => "scores";

    public async Task Run(TextWriter report)
    {
        await using var host = await BenchmarkHost.Start(connections: 1);
        var load = await MillionAnswers.Fill(host);
        Measure.Line(report, "load a million answers from the database, once", load);
        report.WriteLine($"memory per million answers{host.Services.GetRequiredService<ScoreColumns>().Store.BytesPerRow,49:F1} MB");

        var last = host.Services.GetRequiredService<CompanyTime>().Today;
        var all = new ScoreQuery("nps", 0, last.AddDays(1 - MillionAnswers.Days), last)
        {
            Filter = new Dictionary<string, IReadOnlyList<string>> { ["channel"] = ["mail", "app"], ["region"] = ["north", "south", "east"] },
        };
        ScoreQuery[] five = [.. Dimensions.Select(dimension => all with { By = [dimension] }), all with { Period = "month" }];
        var scores = await Measure.Median(() => Ask(host, new AskScores(five)), Rounds);
        Measure.Line(report, "histograms by five dimensions, filter that half the rows pass", scores, Million);
        Measure.Line(report, "NPS by the five, each with its interval clustered by account", await Measure.Median(() => Ask(host, new AskNps([.. five.Select(query => new NpsQuery(query))])), rounds: 5));
        var command = await SqliteScores.Median(host.Store, all.From!.Value, last);
        Measure.Line(report, "sqlite3, covering index, the same five histograms", command);
        Measure.Ratio(report, "sqlite3, covering index, the same five histograms", command, scores, LeastOfSqlite);

        using var company = await SignIn(host, null);
        Measure.Line(report, "Overview of the whole company, whole page, p95", await P95(company, "/"), Page);
        Measure.Line(report, "Overview, one touchpoint, role and product of a year, p95", await P95(company, "/?period=52w&touchpoint=t3&role=user&product=p5"), Page);
        Measure.Line(report, "NPS page of the whole company, p95", await P95(company, "/insights/nps"));
        using var branch = await SignIn(host, "b3");
        Measure.Line(report, "Overview of one branch of eight, p95", await P95(branch, "/"), Page);
    }

    /// <summary>How long all but the slowest twentieth of the calls take at most, one after the other, over HTTP.</summary>
    static async Task<TimeSpan> P95(HttpClient browser, string path)
    {
        for (var warm = 0; warm < 10; warm++)
            await browser.GetStringAsync(path);
        var times = new List<TimeSpan>();
        for (var page = 0; page < Pages; page++)
        {
            var start = Stopwatch.GetTimestamp();
            await browser.GetStringAsync(path);
            times.Add(Stopwatch.GetElapsedTime(start));
        }
        return times.Order().ElementAt(Pages * 95 / 100);
    }

    static async Task Ask<T>(BenchmarkHost host, IRequest<T> question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Caller = Caller.System;
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(question);
    }

    /// <summary>A client with the cookie of a manager of an org unit, or of a CX manager, who has opened a one-time link.</summary>
    static async Task<HttpClient> SignIn(BenchmarkHost host, string? unit)
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
