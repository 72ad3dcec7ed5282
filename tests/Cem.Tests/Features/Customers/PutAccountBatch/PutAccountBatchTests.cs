using System.Net.Http.Json;
using Cem.Contracts.Customers;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.PutAccountBatch;

public sealed class PutAccountBatchTests
{
    [Test]
    public async Task One_bad_item_never_sinks_the_rest()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("old", name: "old");

        var results = (await (await api.PostAsync("/api/v1/accounts:batch", World.Raw("""
            {"items": [
              {"externalId": "group", "name": "Group", "orgUnit": "hq"},
              {"externalId": "child", "name": "Child", "orgUnit": "hq", "parent": "group"},
              {"externalId": "x1", "name": "x", "orgUnit": "hq", "colour": 1},
              {"externalId": "x2", "name": 5, "orgUnit": "hq"},
              {"externalId": "x3", "orgUnit": "hq"},
              {"externalId": "x4", "name": "a", "name": "b", "orgUnit": "hq"},
              null,
              "text",
              {"externalId": "x5", "name": "x", "orgUnit": "nowhere"},
              {"externalId": "old", "name": "old", "orgUnit": "hq"}
            ]}
            """))).Json()).GetProperty("items").EnumerateArray().ToList();

        Assert.That(results.Select(result => result.GetProperty("index").GetInt32()), Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(results.Select(result => result.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 201, 400, 400, 400, 400, 400, 400, 422, 200 }));
        Assert.That(results[1].GetProperty("id").GetString(), Is.EqualTo("child"));
        Assert.That(results[2].GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/colour"));
        Assert.That(results[8].GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("org-unit-not-found"));
        Assert.That((await api.Got("/api/v1/accounts")).Ids(), Is.EqualTo(new[] { "old", "group", "child" }));
        Assert.That(host.Told<AccountChanged>(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_thousand_items_are_taken_and_one_more_is_refused()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var items = Enumerable.Range(0, 1001).Select(i => new { externalId = $"a{i}", name = $"Account {i}", orgUnit = "hq" }).ToList();

        var taken = await (await api.PostAsJsonAsync("/api/v1/accounts:batch", new { items = items.Take(1000) })).Json();
        var refused = await api.PostAsJsonAsync("/api/v1/accounts:batch", new { items });

        Assert.That(taken.GetProperty("items").EnumerateArray().All(result => result.GetProperty("status").GetInt32() == 201));
        await refused.IsProblem(422, "too-many", "/items");
    }

    [Test]
    public async Task The_same_idempotency_key_gets_the_same_answer()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        api.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var body = new { items = new[] { new { externalId = "a", name = "A", orgUnit = "hq" } } };

        var first = await (await api.PostAsJsonAsync("/api/v1/accounts:batch", body)).Json();
        var second = await (await api.PostAsJsonAsync("/api/v1/accounts:batch", body)).Json();
        var other = await api.PostAsJsonAsync("/api/v1/accounts:batch", new { items = new[] { new { externalId = "b", name = "B", orgUnit = "hq" } } });

        Assert.That(first.GetProperty("items")[0].GetProperty("status").GetInt32(), Is.EqualTo(201));
        Assert.That(second.GetRawText(), Is.EqualTo(first.GetRawText()));
        await other.IsProblem(422, "idempotency-key-reused");
    }

    [Test]
    public async Task A_body_of_more_than_five_megabytes_is_refused()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);

        var answer = await api.PostAsync("/api/v1/accounts:batch", World.Raw(new string(' ', 5 * 1024 * 1024 + 1)));

        await answer.IsProblem(413, "too-large");
    }

    [TestCase("""{"items": []}""", 422, "empty")]
    [TestCase("""{"items": [{]}""", 400, "malformed")]
    [TestCase("""{"items": {}}""", 400, "malformed")]
    [TestCase("[]", 400, "malformed")]
    [TestCase("", 400, "malformed")]
    public async Task What_is_no_batch_is_refused_whole(string body, int status, string code)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);

        await (await api.PostAsync("/api/v1/accounts:batch", World.Raw(body))).IsProblem(status, code);
    }
}
