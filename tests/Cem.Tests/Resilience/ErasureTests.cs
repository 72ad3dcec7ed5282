#pragma warning disable RS0030 // every table is looked through, whatever it is called
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Cem.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace Cem.Tests.Resilience;

/// <summary>
/// A person is erased from a company that has one of everything; then every text column of every table and every mail that
/// lies as a file is searched for who they were and what they wrote.
/// </summary>
public sealed class ErasureTests
{
    const string Marker = "zyxwv";
    const string Name = "Zyxwv Utsrq";
    const string Comment = "The <zyxwv> connector never works.\nNot \"once\" & not again.";

    [Test]
    public async Task Who_they_were_and_what_they_wrote_goes_everywhere_and_their_scores_stay()
    {
        await using var host = await CemHost.Run();
        var company = await FullCompany.Run(host, "ordinary");
        await Live(host, company.Api);
        var before = Traces(host);
        var scores = Scores(host);
        Assert.That(before, Does.Contain("customers_contacts.name").And.Contain("kernel_mails.html").And.Contain("responses_responses.answers").And.Contain("responses_texts.text")
            .And.Contain("responses_feedback.text").And.Contain("reports_reports.html").And.Contain("reports_reports.text").And.Contain("customers_import_rejections.cells")
            .And.Contain("operational_data_events.attributes"), "the person left no trace to be removed");
        Assert.That(before.Count(trace => trace.EndsWith(".eml", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(3), "the invitation, the owner's mail and the report");

        using var answer = await company.Api.DeleteAsync("/api/v1/contacts/zyx");
        await host.Settle();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Traces(host), Is.Empty);
        Assert.That(Scores(host), Is.EqualTo(scores));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT note FROM work_orders_history WHERE note IS NOT NULL")), Is.Not.Empty, "what colleagues wrote stays");
        Assert.That(Directory.EnumerateFiles(Path.Combine(host.DataFolder, "outbox")).Any(file => Read(file).Contains("ordinary", StringComparison.Ordinal)), "mails to others stay, without the quotation");
    }

    static async Task Live(CemHost host, HttpClient api)
    {
        await Put(api, "contacts/zyx", new
        {
            account = FullCompany.Account, name = Name, email = "zyxwv@example.com", phone = "+86 zyxwv", role = "user", department = Marker, level = Marker, language = "en",
            consent = new { contact = true, source = Marker, at = "2026-01-01T00:00:00Z" }, attributes = new { nick = Marker },
        });
        await Post(api, "events", new { source = "crm", eventId = "e-9", type = "ticket.closed", occurredAt = host.Clock.GetUtcNow(), account = FullCompany.Account, contact = "zyx", touchpoint = "support", attributes = new { reporter = Name } });
        await host.Settle();
        await Post(api, "responses", new { submissionId = "s-9", survey = "care", account = FullCompany.Account, contact = "zyx", touchpoint = "support", channel = "app", completedAt = host.Clock.GetUtcNow(), answers = new { nps = 1, why = Comment } });
        await Post(api, "feedback", new { source = "crm", externalId = "f-9", kind = "complaint", account = FullCompany.Account, contact = "zyx", at = host.Clock.GetUtcNow(), text = Comment, recordedBy = "zyxwv@example.com" });
        using var rows = new StringContent($"externalId,account,name,email,role\r\nz9,{FullCompany.Account},{Name},,boss\r\nz8,{FullCompany.Account},Else,ZYXWV@example.com,boss\r\n", Encoding.UTF8, "text/csv");
        await (await api.PostAsync("/api/v1/contacts:import", rows)).Json();
        await host.Settle();
        await host.Advance(TimeSpan.FromDays(7));
    }

    /// <summary>Every <c>table.column</c> and file that holds the marker.</summary>
    static List<string> Traces(CemHost host)
    {
        var found = new List<string>();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataFolder, "cem.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (var table in Strings(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
            foreach (var column in Strings(connection, $"SELECT name FROM pragma_table_info('{table}') WHERE type IN ('TEXT', 'BLOB', '')"))
                if (Strings(connection, $"SELECT 1 FROM \"{table}\" WHERE CAST(\"{column}\" AS TEXT) LIKE '%{Marker}%' OR CAST(\"{column}\" AS TEXT) LIKE '%connector never works%' LIMIT 1").Count > 0)
                    found.Add($"{table}.{column}");
        found.AddRange(Directory.EnumerateFiles(Path.Combine(host.DataFolder, "outbox")).Where(file => Read(file).Contains(Marker, StringComparison.OrdinalIgnoreCase)).Select(Path.GetFileName)!);
        return found;
    }

    static List<string> Strings(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names come from the schema
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetValue(0).ToString()!);
        return rows;
    }

    /// <summary>A mail's file with its parts as they were written, whichever way they are wrapped for the journey.</summary>
    static string Read(string file)
    {
        var raw = File.ReadAllText(file);
        var text = new StringBuilder(raw.Replace("=\r\n", "", StringComparison.Ordinal));
        foreach (var part in raw.Split("\r\n\r\n"))
        {
            var packed = part.Split("\r\n--")[0].ReplaceLineEndings("");
            var bytes = new byte[packed.Length];
            if (Convert.TryFromBase64String(packed, bytes, out var length))
                text.Append(Encoding.UTF8.GetString(bytes, 0, length));
        }
        return text.ToString();
    }

    static string Scores(CemHost host) => string.Join(' ', host.Store.Read(reader => reader.Query<string>("SELECT question || score FROM responses_scores ORDER BY id")));

    static async Task Put(HttpClient api, string path, object body) => await (await api.PutAsJsonAsync("/api/v1/" + path, body)).Json();

    static async Task Post(HttpClient api, string path, object body) => await (await api.PostAsJsonAsync("/api/v1/" + path, body)).Json();
}
