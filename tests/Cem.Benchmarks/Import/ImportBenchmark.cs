using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cem.Benchmarks.Import;

/// <summary>
/// A million rows of twelve columns through <c>POST /api/v1/operational-data/{source}</c>, with mapping, validation and
/// idempotency, beside the <c>sqlite3</c> command's <c>.import</c> of the same file into a table with the same indexes; and the
/// same file again, and the most memory the server took.
/// </summary>
sealed class ImportBenchmark : IBenchmark
{
    const int Accounts = 1_000;
    const int Days = 1_000;
    const int Rounds = 3;
    const double LeastOfSqlite = 0.6;
    const double MostMegabytes = 200;

    static readonly string[] Metrics = ["logins", "active", "searches", "bookings", "changes", "refunds", "minutes", "amount", "errors", "latency"];

    public string Name => "import";

    public async Task Run(TextWriter report)
    {
        var csv = Path.GetTempFileName();
        try
        {
            await WriteFile(csv);
            var (sqlite, ours, again) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
            double memory = 0;
            for (var round = 0; round < Rounds; round++)
            {
                sqlite.Add(await Sqlite(csv));
                await using var server = await ServerProcess.Start();
                await Arrange(server.Client);
                ours.Add(await Import(server.Client, csv, created: Accounts * Days));
                again.Add(await Import(server.Client, csv, created: 0));
                memory = Math.Max(memory, server.PeakMemory());
            }

            var share = Measure.Median(sqlite) / Measure.Median(ours);
            Measure.Line(report, "sqlite3 .import of a million rows, three indexes", Measure.Median(sqlite));
            Measure.Line(report, "POST /api/v1/operational-data/{source}, the same file", Measure.Median(ours));
            Measure.Line(report, "the same file again, which changes nothing", Measure.Median(again));
            report.WriteLine($"{"share of sqlite3's speed",-64} {share,10:F2}      limit {LeastOfSqlite:F2}   {(share >= LeastOfSqlite ? "kept" : "BROKEN")}");
            report.WriteLine($"{"most memory of the server",-64} {memory,10:F0} MB   limit {MostMegabytes:F0} MB   {(memory <= MostMegabytes ? "kept" : "BROKEN")}");
        }
        finally
        {
            File.Delete(csv);
        }
    }

    static async Task WriteFile(string path)
    {
        var random = new Random(20260311);
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        await file.WriteAsync("account,day," + string.Join(',', Metrics) + "\n");
        for (var day = 0; day < Days; day++)
            for (var account = 0; account < Accounts; account++)
                await file.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                    $"acct-{account:0000},{new DateOnly(2023, 1, 1).AddDays(day):yyyy-MM-dd},{random.Next(500)},{random.Next(300)},{random.Next(2000)},{random.Next(200)},{random.Next(40)},{random.Next(20)},{random.Next(9000) / 10.0},{random.Next(9_000_000)},{random.Next(9)},{random.Next(90_000) / 100.0}\n"));
    }

    static async Task<TimeSpan> Sqlite(string csv)
    {
        var database = Path.GetTempFileName();
        try
        {
            using var command = Process.Start(new ProcessStartInfo("sqlite3", [database]) { RedirectStandardInput = true })!;
            var start = Stopwatch.GetTimestamp();
            await command.StandardInput.WriteAsync($"""
                CREATE TABLE rows(account TEXT, day TEXT, {string.Join(", ", Metrics.Select(metric => metric + " REAL"))});
                CREATE UNIQUE INDEX by_key ON rows(account, day);
                CREATE INDEX by_account ON rows(account, day);
                CREATE INDEX by_day ON rows(day);
                .import --csv --skip 1 {csv} rows
                """);
            command.StandardInput.Close();
            await command.WaitForExitAsync();
            return command.ExitCode == 0 ? Stopwatch.GetElapsedTime(start) : throw new InvalidOperationException("sqlite3 could not import the file");
        }
        finally
        {
            File.Delete(database);
        }
    }

    static async Task Arrange(HttpClient client)
    {
        await Send(client, HttpMethod.Put, "/api/v1/org-units/hq", """{"name": "Headquarters", "kind": "headquarters"}""", "application/json");
        await Send(client, HttpMethod.Post, "/api/v1/accounts:import",
            "externalId,name,orgUnit\n" + string.Join('\n', Enumerable.Range(0, Accounts).Select(account => string.Create(CultureInfo.InvariantCulture, $"acct-{account:0000},Account {account},hq"))), "text/csv");
        await Send(client, HttpMethod.Put, "/api/v1/operational-data/daily", JsonSerializer.Serialize(new
        {
            name = new Dictionary<string, string> { ["en"] = "Daily", ["zh-CN"] = "每日" },
            kind = "metric",
            key = new[] { "account", "day" },
            fields = new object[] { new { column = "account", type = "text", maps = "account" }, new { column = "day", type = "date", maps = "period", period = "day" } }
                .Concat(Metrics.Select(metric => new { column = metric, type = metric is "minutes" or "latency" ? "number" : "integer", metric, required = true })),
        }), "application/json");
    }

    static async Task<TimeSpan> Import(HttpClient client, string csv, long created)
    {
        await using var file = File.OpenRead(csv);
        using var content = new StreamContent(file, 1 << 16) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync("/api/v1/operational-data/daily", content);
        var text = await answer.Content.ReadAsStringAsync();
        var time = Stopwatch.GetElapsedTime(start);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(text);
        var report = JsonElement.Parse(text);
        return report.GetProperty("read").GetInt64() == Accounts * Days && report.GetProperty("created").GetInt64() == created ? time : throw new InvalidOperationException(text);
    }

    static async Task Send(HttpClient client, HttpMethod method, string path, string body, string type)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
    }
}
