using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ListOrgUnits;

public sealed class ListOrgUnitsTests
{
    [Test]
    public async Task The_tree_is_listed_by_code_in_pages()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();

        var first = await api.Got("/api/v1/org-units?limit=3");
        var second = await api.Got($"/api/v1/org-units?limit=3&cursor={first.GetProperty("next").GetString()}");

        Assert.That(first.Ids("code").Concat(second.Ids("code")), Is.EqualTo(new[] { "east", "hq", "shanghai", "west" }));
        Assert.That(first.Ids("parent"), Is.EqualTo(new[] { "hq", null, "east" }));
    }

    [Test]
    public async Task A_bound_key_sees_its_own_unit_and_below_and_not_what_stands_above()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var bound = await host.WithBoundKey("east", Scopes.InsightsRead);

        var listing = await bound.Got("/api/v1/org-units");

        Assert.That(listing.Ids("code"), Is.EqualTo(new[] { "east", "shanghai" }));
        Assert.That(listing.Ids("parent"), Is.EqualTo(new[] { null, "east" }));
    }
}
