using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ListAccounts;

public sealed class ListAccountsTests
{
    [Test]
    public async Task Pages_hold_every_account_once_also_while_others_arrive()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        for (var i = 1; i <= 5; i++)
            await api.PutAccount($"a{i}");

        var first = await api.Got("/api/v1/accounts?limit=2");
        await api.PutAccount("a6");
        await api.PutAccount("a1", name: "changed");
        var second = await api.Got($"/api/v1/accounts?limit=2&cursor={first.GetProperty("next").GetString()}");
        var third = await api.Got($"/api/v1/accounts?limit=2&cursor={second.GetProperty("next").GetString()}");

        Assert.That(first.Ids().Concat(second.Ids()).Concat(third.Ids()), Is.EqualTo(new[] { "a1", "a2", "a3", "a4", "a5", "a6" }));
        Assert.That(third.GetProperty("next").GetString(), Is.Null);
    }

    [Test]
    public async Task A_nightly_sync_gets_what_changed_since_in_the_order_of_change()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        foreach (var id in new[] { "a", "b", "c", "d" })
            await api.PutAccount(id);
        await host.Advance(TimeSpan.FromHours(1));
        await api.PutAccount("c", name: "changed");
        await api.PutAccount("d");
        await host.Advance(TimeSpan.FromHours(1));
        await api.PutAccount("a", name: "changed");

        var first = await api.Got("/api/v1/accounts?limit=1&updatedSince=2026-03-11T11:00:00%2B08:00");
        var second = await api.Got($"/api/v1/accounts?limit=1&updatedSince=2026-03-11T11:00:00+08:00&cursor={first.GetProperty("next").GetString()}");

        Assert.That(first.Ids().Concat(second.Ids()), Is.EqualTo(new[] { "c", "a" }));
        Assert.That(second.GetProperty("next").GetString(), Is.Null);
    }

    [Test]
    public async Task Filters_take_the_org_unit_with_what_lies_below_and_search_takes_wildcards_literally()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("a", "shanghai", "50% 蓝天");
        await api.PutAccount("b", "west", "蓝天 West");
        await api.PutAccount("c_1", "east", "Other");

        Assert.That((await api.Got("/api/v1/accounts?orgUnit=east")).Ids(), Is.EqualTo(new[] { "a", "c_1" }));
        Assert.That((await api.Got("/api/v1/accounts?search=蓝天")).Ids(), Is.EqualTo(new[] { "a", "b" }));
        Assert.That((await api.Got("/api/v1/accounts?search=%25")).Ids(), Is.EqualTo(new[] { "a" }));
        Assert.That((await api.Got("/api/v1/accounts?search=_")).Ids(), Is.EqualTo(new[] { "c_1" }));
        Assert.That((await api.Got("/api/v1/accounts?search=WEST")).Ids(), Is.EqualTo(new[] { "b" }));
        Assert.That((await api.Got("/api/v1/accounts?orgUnit=nowhere")).Ids(), Is.Empty);
    }

    [Test]
    public async Task A_bound_key_lists_its_own_org_unit_only()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("a", "shanghai");
        await api.PutAccount("b", "west");
        await api.PutAccount("c", "hq");
        var bound = await host.WithBoundKey("east", Scopes.InsightsRead);

        Assert.That((await bound.Got("/api/v1/accounts")).Ids(), Is.EqualTo(new[] { "a" }));
        Assert.That((await bound.Got("/api/v1/accounts?orgUnit=hq")).Ids(), Is.EqualTo(new[] { "a" }));
        Assert.That((await bound.Got("/api/v1/accounts?updatedSince=2026-01-01T00:00:00Z")).Ids(), Is.EqualTo(new[] { "a" }));
        Assert.That((await bound.Got("/api/v1/accounts?orgUnit=west")).Ids(), Is.Empty);
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=201", "limit")]
    [TestCase("limit=many", "limit")]
    [TestCase("cursor=xyz", "cursor")]
    [TestCase("updatedSince=2026-03-11", "updatedSince")]
    [TestCase("updatedSince=2026-03-11T10:00:00", "updatedSince")]
    public async Task Parameters_that_cannot_be_read_are_named(string query, string parameter)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);

        await (await api.GetAsync($"/api/v1/accounts?{query}")).IsProblem(400, "malformed", parameter);
    }
}
