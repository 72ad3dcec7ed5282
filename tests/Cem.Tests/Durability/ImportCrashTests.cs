using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Durability;

/// <summary>Kill -9 in the middle of a file that is coming in: half of it is never seen, and sending it again gives the whole.</summary>
[NonParallelizable]
public sealed class ImportCrashTests
{
    const int Rows = 30_000;
    const int WrittenBeforeTheKill = 10_000;
    const string Imports = "/api/v1/operational-data/visits/imports";

    static readonly byte[] File = Encoding.UTF8.GetBytes(
        "number,account,day,seconds\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"{row},acme,2026-03-02,{row % 100}\n")));

    [Test, CancelAfter(300_000)]
    public async Task Half_a_file_is_never_seen_and_the_whole_is_taken_when_it_is_sent_again(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("cem-import-crash-");
        var address = ServerProcess.FreeAddress();
        var key = await ServerProcess.Run("keys", "create", "--name", "crash", "--scopes", "admin", "--data", folder.FullName);
        using var api = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        var server = await ServerProcess.Start(folder.FullName, address);
        try
        {
            await Arrange(api);
            // All but the end, so that the import is under way for as long as it takes.
            var file = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
            await file.Writer.WriteAsync(File.AsMemory(..^1), ct);
            var sending = Send(api, file.Reader.AsStream());
            await Until(api, import => import.GetProperty("read").GetInt64() >= WrittenBeforeTheKill, ct);
            await server.Kill();
            await file.Writer.CompleteAsync();
            Assert.That(async () => await sending, Throws.InstanceOf<HttpRequestException>());
            using (var remains = new Remains(folder.FullName))
            {
                Assert.That(remains.OperationalData().Rows, Is.GreaterThanOrEqualTo(WrittenBeforeTheKill), "the kill came too early to show anything");
                Assert.That(remains.OperationalData().Seen, Is.Zero);
            }

            server.Dispose();
            server = await ServerProcess.Start(folder.FullName, address);
            await Until(api, import => import.GetProperty("state").GetString() == "failed", ct);
            using var answer = await Send(api, new MemoryStream(File));
            var report = await answer.Json();
            Assert.That(report.GetProperty("created").GetInt64(), Is.EqualTo(Rows), report.GetRawText());
            await server.Kill();
            using var end = new Remains(folder.FullName);
            Assert.That(end.OperationalData(), Is.EqualTo((Rows, Rows)));
        }
        finally
        {
            server.Dispose();
            folder.Delete(recursive: true);
        }
    }

    static async Task Arrange(HttpClient api)
    {
        await Put(api, "/api/v1/org-units/hq", """{"name": "Headquarters", "kind": "headquarters"}""");
        await Put(api, "/api/v1/accounts/acme", """{"name": "Acme", "orgUnit": "hq"}""");
        await Put(api, "/api/v1/operational-data/visits", """
            {"name": {"en": "Visits", "zh-CN": "访问"}, "kind": "metric", "key": ["number"], "fields": [
              {"column": "number", "type": "text"},
              {"column": "account", "type": "text", "maps": "account"},
              {"column": "day", "type": "date", "maps": "period", "period": "day"},
              {"column": "seconds", "type": "integer", "metric": "seconds"}]}
            """);
    }

    static async Task Put(HttpClient api, string path, string json)
    {
        using var answer = await api.PutAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        await answer.Json();
    }

    static Task<HttpResponseMessage> Send(HttpClient api, Stream file) =>
        api.PostAsync("/api/v1/operational-data/visits", new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } });

    /// <summary>Until the server says so of the import that began.</summary>
    static async Task Until(HttpClient api, Func<JsonElement, bool> isSo, CancellationToken ct)
    {
        while (true)
        {
            var imports = (await (await api.GetAsync(Imports, ct)).Json()).GetProperty("items");
            if (imports.GetArrayLength() > 0 && isSo(imports[0]))
                return;
            await Task.Delay(50, ct);
        }
    }
}
