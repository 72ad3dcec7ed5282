using System.Text;
using System.Text.Json;
using Cem.Benchmarks.Http;
using Cem.Benchmarks.Insights;
using Cem.Kernel.Time;
using Cem.Server.Features.Indicators;
using Cem.Server.Features.Indicators.KeepChoices;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Benchmarks.Journeys;

/// <summary>
/// The journey map with a million answers: 30 touchpoints, on each an indicator of what is said there, of what was chosen there and
/// of the tickets about it, from 100,000 rows of O-data; the whole page over HTTP and signed in, beside the Overview and an
/// endpoint that does nothing.
/// </summary>
sealed class JourneyMapBenchmark : IBenchmark
{
    const int Touchpoints = 30;
    const int Stages = 5;
    const int Tickets = 100_000;
    const int AnswersToAChoice = 5;

    static readonly TimeSpan Page = TimeSpan.FromMilliseconds(150);

    public string Name => "journey-map";

    public async Task Run(TextWriter report)
    {
        await using var host = await BenchmarkHost.Start(connections: 1);
        await MillionAnswers.Fill(host);
        await Arrange(host);

        using var company = await Pages.SignIn(host, null);
        var empty = await Pages.P95(company, BenchmarkHost.Empty);
        var overview = await Pages.P95(company, "/");
        var map = await Pages.P95(company, "/journeys/travel");
        Measure.Line(report, "an endpoint that does nothing, p95", empty);
        Measure.Line(report, "Overview of the whole company, whole page, p95", overview, Page);
        Measure.Line(report, "journey map of the whole company, whole page, p95", map, Page);
        Measure.Ratio(report, "journey map beside the Overview", map, overview);
        Measure.Line(report, "Overview of the whole company, processor time of one page", await Pages.Processor(company, "/"));
        Measure.Line(report, "journey map of the whole company, processor time of one page", await Pages.Processor(company, "/journeys/travel"));
        Measure.Line(report, "journey map of one product and channel, p95", await Pages.P95(company, "/journeys/travel?product=p5&channel=app"), Page);
        Measure.Line(report, "journey map of a year, p95", await Pages.P95(company, "/journeys/travel?period=52w"));
        using var branch = await Pages.SignIn(host, "b3");
        Measure.Line(report, "journey map of one branch of eight, p95", await Pages.P95(branch, "/journeys/travel"), Page);
        Measure.Line(report, "tree of indicators of the whole company, whole page, p95", await Pages.P95(company, "/indicators"), Page);
        Measure.Line(report, "one indicator of the whole company, whole page, p95", await Pages.P95(company, "/indicators/i7"));
    }

    static async Task Arrange(BenchmarkHost host)
    {
        for (var i = 0; i < Touchpoints; i++)
            await host.Put($"/api/v1/touchpoints/t{i}", new { name = Both($"Touchpoint {i}"), order = i });
        await host.Put("/api/v1/operational-data/tickets", JsonSerializer.Deserialize<JsonElement>(Source));
        await host.Store.Write(tx => tx.Execute(Sql.Choices, new { Every = AnswersToAChoice }));
        new LoadChoices(host.Store, host.Services.GetRequiredService<ChoiceColumns>()).Run();
        await Import(host);
        await host.Put("/api/v1/indicator-library", new
        {
            indicators = (object[])
            [
                new { code = "root", name = Both("North star"), level = 1, measure = new { type = "nps" }, target = 30, threshold = 10 },
                .. Enumerable.Range(0, Stages).Select(stage => new { code = $"s{stage}", name = Both($"Stage {stage}"), level = 2, parent = "root" }),
                .. Enumerable.Range(0, Touchpoints).SelectMany(i => (object[])
                [
                    new { code = $"i{i}", name = Both($"Scene {i}"), level = 3, parent = $"s{i % Stages}", touchpoint = $"t{i}", target = 70, threshold = 50 },
                    new { code = $"said{i}", name = Both($"Said {i}"), level = 4, parent = $"i{i}", measure = new { type = "nps", touchpoints = new[] { $"t{i}" } } },
                    new { code = $"chosen{i}", name = Both($"Chosen {i}"), level = 4, parent = $"i{i}", measure = new { type = "optionShare", survey = "trip", question = "done", options = new[] { "yes" }, touchpoints = new[] { $"t{i}" } } },
                    new { code = $"tickets{i}", name = Both($"Tickets {i}"), level = 4, parent = $"i{i}", kind = "o", best = 0, worst = 2000, measure = new { type = "count", source = "tickets", touchpoints = new[] { $"t{i}" } } },
                ]),
            ],
        });
        await host.Put("/api/v1/journeys/travel", new
        {
            name = Both("Travel"),
            stages = Enumerable.Range(0, Stages).Select(stage => new
            {
                code = $"s{stage}", name = Both($"Stage {stage}"),
                scenes = Enumerable.Range(0, Touchpoints).Where(i => i % Stages == stage).Select(i => new { code = $"c{i}", name = Both($"Scene {i}"), emotion = i % 5 - 2, touchpoints = new[] { $"t{i}" } }),
                blueprint = new { frontStage = new[] { new { code = $"f{stage}", node = Both("Answer"), indicator = $"tickets{stage}" } } },
            }),
        });
    }

    /// <summary>Tickets of the same days as the answers.</summary>
    static async Task Import(BenchmarkHost host)
    {
        var (random, last) = (new Random(2), host.Services.GetRequiredService<CompanyTime>().Today);
        var csv = new StringBuilder("ticket,account,at,touchpoint,product,channel,minutes\n");
        for (var i = 0; i < Tickets; i++)
            csv.Append(null, $"k{i},a{1 + random.Next(10_000)},{last.AddDays(-random.Next(MillionAnswers.Days)):yyyy-MM-dd}T04:00:00Z,t{random.Next(Touchpoints)},p{random.Next(12)},{MillionAnswers.Channels[random.Next(3)]},{random.Next(120)}\n");
        using var answer = await host.Client.PostAsync("/api/v1/operational-data/tickets", new StringContent(csv.ToString(), null, "text/csv"));
        var told = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        if (!answer.IsSuccessStatusCode || told.GetProperty("rejected").GetInt64() > 0)
            throw new InvalidOperationException(told.ToString());
    }

    static Dictionary<string, string> Both(string text) => new() { ["en"] = text, ["zh-CN"] = text };

    const string Source = """
        {"name": {"en": "Tickets", "zh-CN": "工单"}, "kind": "event", "key": ["ticket"], "eventType": "ticket.opened", "fields": [
          {"column": "ticket", "type": "text"}, {"column": "account", "type": "text", "maps": "account"}, {"column": "at", "type": "instant", "maps": "at"},
          {"column": "touchpoint", "type": "text", "maps": "touchpoint"}, {"column": "product", "type": "text", "maps": "product"}, {"column": "channel", "type": "text", "maps": "channel"},
          {"column": "minutes", "type": "integer", "metric": "minutes", "name": {"en": "Minutes", "zh-CN": "分钟"}}]}
        """;

    static class Sql
    {
        // Every fifth answer also chose an option.
        public const string Choices = """
            INSERT INTO responses_texts (id, response_id, question, text)
            SELECT id + 5000000000000, id, 'done', CASE WHEN id % 2 = 0 THEN 'yes' ELSE 'no' END FROM responses_responses WHERE id / 3 % @Every = 0
            """;
    }
}
