using System.Globalization;
using System.Text;
using Cem.Benchmarks.Http;

namespace Cem.Benchmarks.Responses;

/// <summary>
/// Whole <c>POST /api/v1/responses</c> (key, validation, response, scores, facts and their delivery, idempotency),
/// acknowledged after the durable commit, beside an endpoint of the same host that takes the same body and does nothing,
/// and beside the same work committed one by one.
/// </summary>
sealed class ResponsesBenchmark : IBenchmark
{
    const int Connections = 32;
    const int Rounds = 7;
    const int WarmUps = 10;
    const int Calls = 4_000;
    const double LeastOfEmpty = 0.2;
    const double LeastOfOneByOne = 2;

    int submitted;

    public string Name => "responses";

    public async Task Run(TextWriter report)
    {
        await using var host = await BenchmarkHost.Start(Connections);
        var company = await Company.Found(host);
        var (empty, grouped, alone) = (new List<double>(), new List<double>(), new List<double>());
        var (emptyTime, time) = (new List<double>(), new List<double>());
        var latencies = new List<TimeSpan>();
        // The runtime compiles what is hot anew in the background: on two busy cores that takes some ten thousand calls.
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
            await Submit(host, company);
        for (var round = 0; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            empty.Add((await Load.Run(host.Client, Connections, Calls * 4, number => Call(BenchmarkHost.Empty, company, number))).PerSecond);
            var between = Environment.CpuUsage.TotalTime;
            var (perSecond, each) = await Submit(host, company);
            emptyTime.Add((between - before).TotalMicroseconds / (Calls * 4));
            time.Add((Environment.CpuUsage.TotalTime - between).TotalMicroseconds / Calls);
            grouped.Add(perSecond);
            latencies.AddRange(each);
            host.Store.LargestGroup = 1;
            alone.Add((await Submit(host, company)).PerSecond);
            host.Store.LargestGroup = 512;
        }

        var (ofEmpty, ofAlone) = (Load.Median(grouped) / Load.Median(empty), Load.Median(grouped) / Load.Median(alone));
        report.WriteLine($"{"empty endpoint, same body",-64} {Load.Median(empty),10:F0} /s");
        report.WriteLine($"{"POST /api/v1/responses",-64} {Load.Median(grouped),10:F0} /s");
        report.WriteLine($"{"the same, committed one by one",-64} {Load.Median(alone),10:F0} /s");
        report.WriteLine($"{"POST /api/v1/responses, p99",-64} {Load.Percentile99(latencies).TotalMilliseconds,10:F1} ms");
        report.WriteLine($"{"processor time of an empty call, client included",-64} {Load.Median(emptyTime),10:F0} µs");
        report.WriteLine($"{"processor time of an answer, client included",-64} {Load.Median(time),10:F0} µs");
        report.WriteLine($"{"share of the empty endpoint",-64} {ofEmpty,10:F2}      limit {LeastOfEmpty:F2}   {(ofEmpty >= LeastOfEmpty ? "kept" : "BROKEN")}");
        report.WriteLine($"{"times one by one",-64} {ofAlone,10:F1} x    limit {LeastOfOneByOne:F1} x   {(ofAlone >= LeastOfOneByOne ? "kept" : "BROKEN")}");
    }

    Task<(double PerSecond, IReadOnlyList<TimeSpan> Latencies)> Submit(BenchmarkHost host, Company company) =>
        Load.Run(host.Client, Connections, Calls, _ => Call("/api/v1/responses", company, Interlocked.Increment(ref submitted)));

    internal static HttpRequestMessage Call(string path, Company company, int number)
    {
        var contact = company.Contact(number);
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(Body(contact.Account, contact.Id, number), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"key-{number}"));
        return request;
    }

    internal static string Body(string account, string contact, int number) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"submissionId": "app-{{number}}", "survey": "support", "account": "{{account}}", "contact": "{{contact}}", "touchpoint": "support",
         "channel": "app", "completedAt": "2026-03-11T09:30:00+08:00", "answers": {"solved": "yes", "support_csat": {{number % 3 + 1}},
         "ease": {{number % 7 + 1}}, "waiting": {{number % 5 + 1}}, "nps": {{number % 11}}, "nps_reason": "Settled in one call, 谢谢" } }
        """);
}
