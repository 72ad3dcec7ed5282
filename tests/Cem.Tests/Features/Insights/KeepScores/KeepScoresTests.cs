using System.Net.Http.Json;
using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Server.Features.Insights;
using Cem.Server.Features.Insights.KeepScores;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Tests.Features.Insights.KeepScores;

/// <summary>The columns in memory, recounted by SQL.</summary>
public sealed class KeepScoresTests
{
    const int Loaded = 98_500;
    const int Told = 1_500;

    static readonly string?[] Roles = ["decisionMaker", "purchaser", "influencer", "user", null];
    static readonly string?[] Touchpoints = ["booking", "support", "billing", "oa-sync", null];
    static readonly string[] Surveys = ["relationship", "trip", "support"];
    static readonly string[] Channels = ["email", "app", "phone"];
    static readonly string?[] Regions = ["north", "south", null];
    static readonly string?[] Tiers = ["A", "B", "C", null];
    static readonly string?[] Products = ["travel", "expense", null];

    [Test]
    public async Task A_hundred_thousand_answers_are_counted_as_sql_counts_them_after_any_changes()
    {
        await using var host = await CemHost.Run();
        var random = new Random(20260311);
        var answers = Enumerable.Range(0, Loaded + Told).Select(_ => Answer(random)).ToList();
        var responses = await host.Add(answers.Take(Loaded), tell: false);
        new LoadScores(host.Store, host.Services.GetRequiredService<ScoreColumns>(), new CustomerBase()).Run();
        responses.AddRange(await host.Add(answers.Skip(Loaded)));
        await host.Unlink(responses.Where(_ => random.Next(200) == 0));
        await host.Settle();

        await Recount(host);

        // A fresh start sees the same.
        var fresh = new ScoreColumns();
        new LoadScores(host.Store, fresh, new CustomerBase()).Run();
        Assert.That(fresh.Store.Rows, Is.EqualTo(Loaded + Told));
        Assert.That(fresh.AsOf, Is.EqualTo(host.Services.GetRequiredService<ScoreColumns>().AsOf));
    }

    [Test]
    public async Task A_fact_heard_twice_counts_once()
    {
        await using var host = await CemHost.Run();
        var ids = await host.Add(ScoredAnswers.Of(3, 2, 1));
        await host.Settle();
        await host.Store.Write(tx => tx.Tell(new Cem.Contracts.Responses.ResponseCompleted(ids[0], null)));
        await host.Settle();

        var table = (await host.Send(new AskScores([new ScoreQuery("nps", 0)])))[0];

        Assert.That(table.Cells.Single().Histogram.Sum(), Is.EqualTo(6));
        Assert.That(table.AsOf, Is.EqualTo(new DateTimeOffset(2026, 3, 10, 4, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task The_customer_base_follows_the_books_and_a_fresh_start_sees_the_same()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        await api.PutAccount("a1", "shanghai");
        await api.PutAccount("a2", "west");
        await api.PutContact("c1", "a1");
        await api.PutContact("c2", "a1");
        await api.PutContact("c3", "a2");
        await api.PutAccount("a1", "west");
        await (await api.PutAsJsonAsync("/api/v1/contacts/c2", new { account = "a2", name = "Moved", role = "decisionMaker" })).Json();
        (await api.DeleteAsync("/api/v1/contacts/c3")).EnsureSuccessStatusCode();
        await host.Settle();

        var kept = host.Services.GetRequiredService<CustomerBase>();
        var fresh = new CustomerBase();
        new LoadScores(host.Store, new ScoreColumns(), fresh).Run();

        Assert.That(kept.Accounts.Values, Is.EquivalentTo(fresh.Accounts.Values));
        Assert.That(kept.Contacts.Values, Is.EquivalentTo(fresh.Contacts.Values));
        Assert.That(kept.Accounts.Values.Select(account => account.OrgUnitId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(kept.Contacts.Values.Select(contact => contact.Decides), Is.EquivalentTo(new[] { false, true }));
    }

    static async Task Recount(CemHost host)
    {
        var tables = await host.Send(new AskScores(
        [
            new ScoreQuery("nps", 0, By: ["role", "touchpoint"]) { WithoutInterested = false },
            new ScoreQuery("csat", 0, new(2025, 6, 10), new(2026, 2, 20), Period: "month")
            {
                Filter = new Dictionary<string, IReadOnlyList<string>> { ["product"] = ["travel", ""], ["role"] = ["user", "influencer"] },
            },
            new ScoreQuery("nps", 0, By: ["account"]) { Questions = ["nps"] },
            new ScoreQuery("nps", 0, By: ["region", "tier"], Period: "month")
            {
                Filter = new Dictionary<string, IReadOnlyList<string>> { ["survey"] = ["trip", "support"], ["channel"] = ["app"] },
            },
        ]));
        var sql = host.Store.Read(reader => new[] { reader.Query<Row>(Sql.RoleTouchpoint), reader.Query<Row>(Sql.CsatMonth), reader.Query<Row>(Sql.Accounts), reader.Query<Row>(Sql.RegionTierMonth) });
        for (var i = 0; i < sql.Length; i++)
            Assert.That(Flat(tables[i]), Is.EquivalentTo(sql[i]), $"table {i}");

        var columns = host.Services.GetRequiredService<ScoreColumns>();
        var contacts = columns.Store.Ask(new Cem.Kernel.Columns.CellQuery(Cem.Kernel.Columns.Scale.Values(0, 100)) { By = [ScoreColumns.Contact] });
        Assert.That(contacts.Select(cell => (cell[ScoreColumns.Contact].Id, cell.Counts.N + cell.Counts.Excluded)),
            Is.EquivalentTo(host.Store.Read(reader => reader.Query<ContactRow>(Sql.Contacts)).Select(row => (row.Id, row.N))));
    }

    static IEnumerable<Row> Flat(ScoreTable table) => table.Cells.SelectMany(cell =>
    {
        var key = string.Join('/', cell.Keys) + (cell.Period is { } period ? $"{period.Year * 100 + period.Month}" : "");
        return cell.Histogram.Select((n, score) => new Row(key, score, n)).Append(new Row(key, null, cell.Excluded)).Where(row => row.N > 0);
    });

    static ScoredAnswer Answer(Random random)
    {
        var measure = random.Next(3) == 0 ? "csat" : "nps";
        long? account = random.Next(30) == 0 ? null : 1 + random.Next(500);
        return new ScoredAnswer(random.Next(20) == 0 ? null : measure == "nps" ? random.Next(11) : random.Next(1, 6))
        {
            Measure = measure,
            Question = measure == "nps" && random.Next(4) > 0 ? "nps" : "other",
            Day = new DateOnly(2025, 1, 1).AddDays(random.Next(430)),
            Account = account,
            Contact = account is null || random.Next(30) == 0 ? null : 1 + random.Next(3_000),
            OrgUnit = 1 + random.Next(12),
            Survey = Surveys[random.Next(Surveys.Length)],
            Channel = Channels[random.Next(Channels.Length)],
            Region = Regions[random.Next(Regions.Length)],
            Tier = Tiers[random.Next(Tiers.Length)],
            Role = Roles[random.Next(Roles.Length)],
            Touchpoint = Touchpoints[random.Next(Touchpoints.Length)],
            Product = Products[random.Next(Products.Length)],
            Interested = random.Next(40) == 0,
        };
    }

    sealed record Row(string Key, int? Score, int N);

    sealed record ContactRow(long? Id, int N);

    static class Sql
    {
        public const string RoleTouchpoint = """
            SELECT COALESCE(role, '') || '/' || COALESCE(touchpoint, '') AS key, score, COUNT(*) AS n
            FROM responses_v_scores WHERE measure = 'nps' GROUP BY 1, 2
            """;

        public const string CsatMonth = """
            SELECT CAST(day / 100 AS TEXT) AS key, score, COUNT(*) AS n FROM responses_v_scores
            WHERE measure = 'csat' AND interested = 0 AND day BETWEEN 20250610 AND 20260220
              AND (product = 'travel' OR product IS NULL) AND role IN ('user', 'influencer') GROUP BY 1, 2
            """;

        public const string RegionTierMonth = """
            SELECT COALESCE(region, '') || '/' || COALESCE(tier, '') || CAST(day / 100 AS TEXT) AS key, score, COUNT(*) AS n FROM responses_v_scores
            WHERE measure = 'nps' AND interested = 0 AND survey IN ('trip', 'support') AND channel = 'app' GROUP BY 1, 2
            """;

        public const string Accounts = """
            SELECT COALESCE(CAST(account_id AS TEXT), '') AS key, score, COUNT(*) AS n FROM responses_v_scores
            WHERE measure = 'nps' AND question = 'nps' AND interested = 0 GROUP BY 1, 2
            """;

        public const string Contacts = "SELECT contact_id AS id, COUNT(*) AS n FROM responses_v_scores GROUP BY 1";
    }
}
