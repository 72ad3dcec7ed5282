using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights;

/// <summary>
/// Four accounts of which two were heard: in east a1 (revenue 300, two people, the decision-maker heard) and a2 (100, silent),
/// in west w1 (600, its user heard), and one whose contract is over. Made through the public door.
/// </summary>
static class SmallCompany
{
    public static async Task Plant(CemHost host)
    {
        using var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        foreach (var (code, unit, revenue, end) in new[] { ("a1", "shanghai", 300, null), ("a2", "east", 100, null), ("w1", "west", 600, null), ("gone", "west", 50, "2025-06-30") })
            await (await api.PutAsJsonAsync($"/api/v1/accounts/{code}", new
            {
                name = $"Account {code}", orgUnit = unit, annualRevenue = new { amount = revenue * 100L, currency = "CNY" }, contractEnd = end, owner = "owner@example.com",
            })).Json();
        foreach (var (code, account, role) in new[] { ("c1", "a1", "decisionMaker"), ("c2", "a1", "user"), ("c3", "a2", "decisionMaker"), ("c4", "w1", "user") })
            await (await api.PutAsJsonAsync($"/api/v1/contacts/{code}", new { account, name = code, role })).Json();
        await host.Add([Answer(host, "a1", "c1"), Answer(host, "w1", "c4")]);
        await host.Settle();
    }

    static ScoredAnswer Answer(CemHost host, string account, string contact) => new(9)
    {
        Account = host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_accounts WHERE external_id = @Code", new { Code = account })),
        Contact = host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_contacts WHERE external_id = @Code", new { Code = contact })),
        OrgUnit = host.Store.Read(reader => reader.Single<long>("SELECT org_unit_id FROM customers_accounts WHERE external_id = @Code", new { Code = account })),
    };
}
