using System.Text.Json;
using Cem.Benchmarks.Http;

namespace Cem.Benchmarks.Responses;

/// <summary>The survey page of personal links, beside an endpoint of the same host that does nothing, and its size with everything.</summary>
sealed class SurveyPageBenchmark : IBenchmark
{
    const int Connections = 32;
    const int Rounds = 7;
    const int WarmUps = 10;
    const int Calls = 8_000;
    const double LeastOfEmpty = 0.5;
    const int MostBytes = 30_000;

    public string Name => "survey-page";

    public async Task Run(TextWriter report)
    {
        await using var host = await BenchmarkHost.Start(Connections);
        var company = await Company.Found(host);
        var links = await Links(host, company);
        var (empty, page) = (new List<double>(), new List<double>());
        // The runtime compiles what is hot anew in the background: on two busy cores that takes some ten thousand calls.
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            await host.ChangeKey();
            await Load.Run(host.Client, Connections, Calls, number => new(HttpMethod.Get, links[number % links.Count]));
        }
        for (var round = 0; round < Rounds; round++)
        {
            await host.ChangeKey();
            empty.Add((await Load.Run(host.Client, Connections, Calls * 2, _ => new(HttpMethod.Get, BenchmarkHost.Empty))).PerSecond);
            page.Add((await Load.Run(host.Client, Connections, Calls, number => new(HttpMethod.Get, links[number % links.Count]))).PerSecond);
        }

        var bytes = (await host.Client.GetByteArrayAsync(links[0])).Length;
        var ofEmpty = Load.Median(page) / Load.Median(empty);
        report.WriteLine($"{"empty endpoint",-64} {Load.Median(empty),10:F0} /s");
        report.WriteLine($"{"GET survey page",-64} {Load.Median(page),10:F0} /s");
        report.WriteLine($"{"share of the empty endpoint",-64} {ofEmpty,10:F2}      limit {LeastOfEmpty:F2}   {(ofEmpty >= LeastOfEmpty ? "kept" : "BROKEN")}");
        report.WriteLine($"{"size with everything",-64} {bytes,10} bytes limit {MostBytes}  {(bytes < MostBytes ? "kept" : "BROKEN")}");
    }

    static async Task<IReadOnlyList<string>> Links(BenchmarkHost host, Company company)
    {
        var answer = await host.Post("/api/v1/invitations", new { survey = "support", touchpoint = "support", contacts = Enumerable.Range(0, Company.Accounts).Select(number => company.Contact(number).Id) });
        using var json = JsonDocument.Parse(answer);
        return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(item => new Uri(item.GetProperty("link").GetString()!).PathAndQuery)];
    }
}
