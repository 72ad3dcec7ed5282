using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.PutContactBatch;

public sealed class PutContactBatchTests
{
    [Test]
    public async Task One_bad_item_never_sinks_the_rest()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");

        var results = (await (await api.PostAsync("/api/v1/contacts:batch", World.Raw("""
            {"items": [
              {"externalId": "c1", "account": "acct-1", "name": "One", "role": "user"},
              {"externalId": "c2", "account": "nobody", "name": "Two", "role": "user"},
              {"externalId": "c3", "account": "acct-1", "name": "Three", "role": "boss"},
              {"externalId": "c4", "account": "acct-1", "name": "Four", "role": "purchaser", "email": "four"},
              {"externalId": "c1", "account": "acct-1", "name": "One", "role": "user"}
            ]}
            """))).Json()).GetProperty("items").EnumerateArray().ToList();

        Assert.That(results.Select(result => result.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 422, 400, 422, 200 }));
        Assert.That(results[2].GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/role"));
        Assert.That((await api.Got("/api/v1/contacts")).Ids(), Is.EqualTo(new[] { "c1" }));
    }
}
