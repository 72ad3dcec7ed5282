using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ReadContact;

public sealed class ReadContactTests
{
    [Test]
    public async Task What_lies_outside_the_keys_org_unit_does_not_exist()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("western", "west");
        await api.PutContact("w-1", "western");
        var bound = await host.WithBoundKey("east", Scopes.InsightsRead);

        await (await bound.GetAsync("/api/v1/contacts/w-1")).IsProblem(404, "contact-not-found");
        Assert.That((await api.Got("/api/v1/contacts/w-1")).GetProperty("account").GetString(), Is.EqualTo("western"));
    }
}
