using Cem.Benchmarks.Http;
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

        using var company = await Pages.SignIn(host, null);
        Measure.Line(report, "Overview of the whole company, whole page, p95", await Pages.P95(company, "/"), Page);
        Measure.Line(report, "Overview, one touchpoint, role and product of a year, p95", await Pages.P95(company, "/?period=52w&touchpoint=t3&role=user&product=p5"), Page);
        Measure.Line(report, "NPS page of the whole company, p95", await Pages.P95(company, "/insights/nps"));
        using var branch = await Pages.SignIn(host, "b3");
        Measure.Line(report, "Overview of one branch of eight, p95", await Pages.P95(branch, "/"), Page);
    }

    static async Task Ask<T>(BenchmarkHost host, IRequest<T> question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Caller = Caller.System;
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(question);
    }
}
