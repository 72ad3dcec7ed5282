using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ListContacts;

public sealed class ListContactsTests
{
    [Test]
    public async Task Contacts_are_listed_in_pages_by_account_by_change_and_within_the_keys_org_unit()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("eastern", "shanghai");
        await api.PutAccount("western", "west");
        await api.PutContact("e-1", "eastern");
        await api.PutContact("w-1", "western");
        await api.PutContact("e-2", "eastern");
        await host.Advance(TimeSpan.FromHours(1));
        await api.PutContact("e-1", "eastern", name: "Changed");
        var bound = await host.WithBoundKey("east", Scopes.InsightsRead);

        var first = await api.Got("/api/v1/contacts?limit=2");
        var second = await api.Got($"/api/v1/contacts?limit=2&cursor={first.GetProperty("next").GetString()}");

        Assert.That(first.Ids().Concat(second.Ids()), Is.EqualTo(new[] { "e-1", "w-1", "e-2" }));
        Assert.That((await api.Got("/api/v1/contacts?account=eastern")).Ids(), Is.EqualTo(new[] { "e-1", "e-2" }));
        Assert.That((await api.Got("/api/v1/contacts?updatedSince=2026-03-11T03:00:00Z")).Ids(), Is.EqualTo(new[] { "e-1" }));
        Assert.That((await bound.Got("/api/v1/contacts")).Ids(), Is.EqualTo(new[] { "e-1", "e-2" }));
        Assert.That((await bound.Got("/api/v1/contacts?account=western")).Ids(), Is.Empty);
    }
}
