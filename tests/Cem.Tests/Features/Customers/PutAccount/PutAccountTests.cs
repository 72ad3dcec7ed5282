using System.Net;
using System.Net.Http.Json;
using Cem.Contracts.Customers;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.PutAccount;

public sealed class PutAccountTests
{
    const string Full = """
        {"name": "蓝天物流 \"Lantian\" <b>", "orgUnit": "shanghai", "region": "East China", "industry": "Logistics", "tier": "A", "keyAccount": true,
         "owner": "wei.pan@example.com", "parent": "group", "products": ["flight", "hotel", "flight"], "annualRevenue": {"amount": 241050000, "currency": "CNY"},
         "contractStart": "2025-01-01", "contractEnd": "2026-12-31", "renewalDate": "2026-12-31", "tags": ["group"], "attributes": {"erp": "A-17", "seats": 12.50, "sso": true}}
        """;

    [Test]
    public async Task An_account_is_kept_as_it_was_put()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("group");

        var answer = await api.PutAsync("/api/v1/accounts/acct-1", World.Raw(Full));
        var account = await api.Got("/api/v1/accounts/acct-1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/api/v1/accounts/acct-1"));
        Assert.That(account, World.Is("""
            {"externalId":"acct-1","name":"蓝天物流 \"Lantian\" <b>","orgUnit":"shanghai","region":"East China","industry":"Logistics","tier":"A","keyAccount":true,
            "owner":"wei.pan@example.com","parent":"group","products":["flight","hotel"],"annualRevenue":{"amount":241050000,"currency":"CNY"},
            "contractStart":"2025-01-01","contractEnd":"2026-12-31","renewalDate":"2026-12-31","tags":["group"],"attributes":{"erp":"A-17","seats":12.50,"sso":true},
            "createdAt":"2026-03-11T02:00:00Z","updatedAt":"2026-03-11T02:00:00Z"}
            """));
    }

    [Test]
    public async Task Repeating_a_put_changes_nothing_and_tells_nothing()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("group");
        await api.PutAsync("/api/v1/accounts/acct-1", World.Raw(Full));
        var told = host.Told<AccountChanged>();
        await host.Advance(TimeSpan.FromHours(1));

        var answer = await api.PutAsync("/api/v1/accounts/acct-1", World.Raw(Full));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await answer.Json()).GetProperty("changed").GetBoolean(), Is.False);
        Assert.That((await api.Got("/api/v1/accounts/acct-1")).GetProperty("updatedAt").GetString(), Is.EqualTo("2026-03-11T02:00:00Z"));
        Assert.That(host.Told<AccountChanged>(), Is.EqualTo(told));
    }

    [Test]
    public async Task A_put_with_less_empties_the_rest_and_tells_it_once()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("group");
        await api.PutAsync("/api/v1/accounts/acct-1", World.Raw(Full));
        var told = host.Told<AccountChanged>();
        await host.Advance(TimeSpan.FromHours(1));

        var answer = await api.PutAccount("acct-1", "west", "Lantian");

        var account = await api.Got("/api/v1/accounts/acct-1");
        Assert.That(answer.GetProperty("changed").GetBoolean(), Is.True);
        Assert.That(account.GetProperty("annualRevenue").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        Assert.That(account.GetProperty("products").GetArrayLength(), Is.Zero);
        Assert.That(account.GetProperty("updatedAt").GetString(), Is.EqualTo("2026-03-11T03:00:00Z"));
        Assert.That(account.GetProperty("createdAt").GetString(), Is.EqualTo("2026-03-11T02:00:00Z"));
        Assert.That(host.Told<AccountChanged>(), Is.EqualTo(told + 1));
    }

    [Test]
    public async Task Of_twenty_puts_at_once_exactly_one_creates()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.PutAsJsonAsync("/api/v1/accounts/acct-1", new { name = "One", orgUnit = "hq" })));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Is.EqualTo(19));
        Assert.That(host.Told<AccountChanged>(), Is.EqualTo(1));
    }

    [TestCase("""{"orgUnit": "hq"}""", 400, "malformed", "/name", "missing")]
    [TestCase("""{"name": "x", "orgUnit": "hq", "externalId": "y"}""", 400, "malformed", "/externalId", "unknown-field")]
    [TestCase("""{"name": "x", "orgUnit": "hq", "keyAccount": "yes"}""", 400, "malformed", "/keyAccount", "wrong-type")]
    [TestCase("""{"name": "x", "orgUnit": "hq", "annualRevenue": {"amount": 1.5, "currency": "CNY"}}""", 400, "malformed", "/annualRevenue/amount", "wrong-type")]
    [TestCase("""{"name": "x", "orgUnit": "hq", "contractEnd": "2026-2-1"}""", 400, "malformed", "/contractEnd", "date")]
    [TestCase("""{"name": "x", "orgUnit": "hq", "renewalDate": "2026-02-30"}""", 400, "malformed", "/renewalDate", "date")]
    [TestCase("""{"name": "\ud800", "orgUnit": "hq"}""", 400, "malformed", "/name", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "attributes": {"a": 1, "a": 2}}""", 400, "malformed", null, null)]
    [TestCase("""{"name": " ", "orgUnit": "hq"}""", 422, "not-empty", "/name", "not-empty")]
    [TestCase("""{"name": "a\u0000b", "orgUnit": "hq"}""", 422, "control-character", "/name", null)]
    [TestCase("""{"name": "x", "orgUnit": "nowhere"}""", 422, "org-unit-not-found", "/orgUnit", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "parent": "nobody"}""", 422, "parent-not-found", "/parent", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "owner": "nobody"}""", 422, "email", "/owner", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "annualRevenue": {"amount": 1, "currency": "RMB"}}""", 422, "currency", "/annualRevenue/currency", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "annualRevenue": {"amount": -1, "currency": "CNY"}}""", 422, "inclusive-between", "/annualRevenue/amount", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "contractStart": "2026-02-01", "contractEnd": "2026-01-31"}""", 422, "contract-end", "/contractEnd", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "renewalDate": "0001-01-01"}""", 422, "year", "/renewalDate", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "products": ["a", ""]}""", 422, "not-empty", "/products/1", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "tags": [null]}""", 422, "not-empty", "/tags/0", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "attributes": {"a": {"b": 1}}}""", 422, "attribute-value", "/attributes", null)]
    [TestCase("""{"name": "x", "orgUnit": "hq", "attributes": {"a": null}}""", 422, "attribute-value", "/attributes", null)]
    public async Task What_is_wrong_is_refused_with_its_field_and_the_reason(string body, int status, string code, string? pointer, string? errorCode)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();

        var answer = await api.PutAsync("/api/v1/accounts/acct-1", World.Raw(body));

        await answer.IsProblem(status, code, pointer, errorCode);
    }

    [TestCase("a%2Fb")]
    [TestCase("a%5Cb")]
    [TestCase("%20a")]
    [TestCase("a%0Ab")]
    public async Task An_id_that_cannot_stand_in_an_address_is_refused(string externalId)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();

        var answer = await api.PutAsJsonAsync($"/api/v1/accounts/{externalId}", new { name = "x", orgUnit = "hq" });

        Assert.That((int)answer.StatusCode, Is.EqualTo(422), await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Parents_make_no_circle()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("a");
        await api.PutAccount("b", parent: "a");
        await api.PutAccount("c", parent: "b");

        await (await api.PutAsJsonAsync("/api/v1/accounts/a", new { name = "a", orgUnit = "hq", parent = "c" })).IsProblem(422, "cycle", "/parent");
        await (await api.PutAsJsonAsync("/api/v1/accounts/a", new { name = "a", orgUnit = "hq", parent = "a" })).IsProblem(422, "cycle", "/parent");
    }

    [Test]
    public async Task A_key_bound_to_a_branch_writes_there_and_nowhere_else()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("western", "west");
        var bound = await host.WithBoundKey("east", Scopes.CustomersWrite);

        var own = await bound.PutAccount("eastern", "shanghai");

        Assert.That(own.GetProperty("created").GetBoolean(), Is.True);
        await (await bound.PutAsJsonAsync("/api/v1/accounts/western", new { name = "Mine now", orgUnit = "east" })).IsProblem(404, "account-not-found");
        await (await bound.PutAsJsonAsync("/api/v1/accounts/eastern", new { name = "Yours", orgUnit = "west" })).IsProblem(422, "org-unit-not-found", "/orgUnit");
        await (await bound.PutAsJsonAsync("/api/v1/accounts/eastern", new { name = "x", orgUnit = "east", parent = "western" })).IsProblem(422, "parent-not-found", "/parent");
    }

    [Test]
    public async Task A_key_that_only_reads_is_refused()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);

        await (await api.PutAsJsonAsync("/api/v1/accounts/acct-1", new { name = "x", orgUnit = "hq" })).IsProblem(403, "forbidden");
        await (await host.Anonymous().PutAsJsonAsync("/api/v1/accounts/acct-1", new { name = "x", orgUnit = "hq" })).IsProblem(401, "unauthenticated");
    }
}
