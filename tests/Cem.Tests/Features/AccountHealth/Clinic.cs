using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Features.Insights;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.AccountHealth;

/// <summary>
/// Seven accounts in Shanghai and one in the west, with 18 weeks of usage. <c>story</c> is the busiest and the largest, its OA
/// changes get stuck again and again, its decision-maker last answered in the summer, and it renews in 60 days; the others
/// are content. Today is 11 March 2026.
/// </summary>
static class Clinic
{
    static readonly DateOnly Today = new(2026, 3, 11);

    const string Source = """
        {"name": {"en": "Usage", "zh-CN": "使用量"}, "kind": "metric", "key": ["account", "week"], "fields": [
          {"column": "account", "type": "text", "maps": "account"},
          {"column": "week", "type": "date", "maps": "period", "period": "week"},
          {"column": "seats", "type": "integer", "metric": "seats"},
          {"column": "active", "type": "integer", "metric": "active-users"},
          {"column": "features", "type": "integer", "metric": "features-used"},
          {"column": "bookings", "type": "integer", "metric": "bookings"}]}
        """;

    public static async Task<HttpClient> Open(CemHost host)
    {
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        await (await api.PutAsJsonAsync("/api/v1/touchpoints/oa-sync", new Dictionary<string, object> { ["name"] = new Dictionary<string, string> { ["en"] = "OA sync", ["zh-CN"] = "OA 对接" }, ["order"] = 1 })).Json();
        await Put(api, "story", "shanghai", 900, "2026-05-10");
        for (var i = 1; i <= 6; i++)
            await Put(api, $"calm{i}", "shanghai", 100 * i, "2027-01-31");
        await Put(api, "west1", "west", 50, null);
        await (await api.PutAsJsonAsync("/api/v1/contacts/boss", new { account = "story", name = "Boss", role = "decisionMaker" })).Json();
        foreach (var user in new[] { "u1", "u2", "u3" })
            await api.PutContact(user, "story", name: user);
        await (await api.PutAsync("/api/v1/operational-data/usage", new StringContent(Source, null, "application/json"))).Json();
        await Use(api);
        await Answer(host, "story", "boss", "decisionMaker", null, new DateOnly(2025, 7, 1), 9);
        foreach (var (user, day, score) in new[] { ("u1", 20, 7), ("u2", 30, 8), ("u3", 40, 8), ("u1", 3, 1), ("u2", 2, 0) })
            await Answer(host, "story", user, "user", "oa-sync", Today.AddDays(-day), score);
        for (var i = 1; i <= 6; i++)
            foreach (var day in new[] { 10, 20, 30 })
                await Answer(host, $"calm{i}", null, "purchaser", null, Today.AddDays(-day), 9);
        await host.Settle();
        return api;
    }

    /// <summary>One recommendation, in a response of its own.</summary>
    public static Task Answer(CemHost host, string account, string? contact, string role, string? touchpoint, DateOnly day, int score) => host.Add([new ScoredAnswer(score)
    {
        Day = day, Role = role, Touchpoint = touchpoint,
        Account = host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_accounts WHERE external_id = @Code", new { Code = account })),
        Contact = contact is null ? null : host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_contacts WHERE external_id = @Code", new { Code = contact })),
        OrgUnit = host.Store.Read(reader => reader.Single<long>("SELECT org_unit_id FROM customers_accounts WHERE external_id = @Code", new { Code = account })),
    }]);

    public static IReadOnlyList<(string Field, string? Before, string Risk)> Told(CemHost host, string account) => host.Store.Read(reader => reader.Query<Fact>("""
        SELECT f.body ->> '$.field' AS field, f.body ->> '$.fieldBefore' AS before, f.body ->> '$.risk' AS risk
        FROM kernel_facts f JOIN customers_accounts a ON a.id = f.body ->> '$.accountId'
        WHERE f.name = 'AccountHealthChanged' AND a.external_id = @Code ORDER BY f.id
        """, new { Code = account })).Select(fact => (fact.Field, fact.Before, fact.Risk)).ToList();

    static async Task Put(HttpClient api, string code, string unit, long revenue, string? renewal) =>
        await (await api.PutAsJsonAsync($"/api/v1/accounts/{code}", new { name = $"Account {code}", orgUnit = unit, annualRevenue = new { amount = revenue * 100, currency = "CNY" }, renewalDate = renewal })).Json();

    static async Task Use(HttpClient api)
    {
        var file = new StringBuilder("account,week,seats,active,features,bookings\n");
        for (var week = new DateOnly(2025, 11, 10); week < Today; week = week.AddDays(7))
        {
            file.AppendLine(CultureInfo.InvariantCulture, $"story,{week:yyyy-MM-dd},100,90,9,270");
            for (var i = 1; i <= 6; i++)
                file.AppendLine(CultureInfo.InvariantCulture, $"calm{i},{week:yyyy-MM-dd},100,{20 + 10 * i},{i},{(20 + 10 * i) * i / 4}");
        }
        await (await api.PostAsync("/api/v1/operational-data/usage", new StringContent(file.ToString(), null, "text/csv"))).Json();
    }

    sealed record Fact(string Field, string? Before, string Risk);
}
