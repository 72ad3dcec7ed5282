using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ReadAccount;

public sealed class ReadAccountTests
{
    [Test]
    public async Task What_lies_outside_the_keys_org_unit_does_not_exist()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("group", "hq");
        await api.PutAccount("eastern", "shanghai", parent: "group");
        await api.PutAccount("western", "west");
        var bound = await host.WithBoundKey("east", Scopes.InsightsRead);

        var own = await bound.Got("/api/v1/accounts/eastern");

        Assert.That(own.GetProperty("orgUnit").GetString(), Is.EqualTo("shanghai"));
        Assert.That(own.GetProperty("parent").GetString(), Is.Null);
        await (await bound.GetAsync("/api/v1/accounts/western")).IsProblem(404, "account-not-found");
        await (await bound.GetAsync("/api/v1/accounts/group")).IsProblem(404, "account-not-found");
        await (await bound.GetAsync("/api/v1/accounts/none")).IsProblem(404, "account-not-found");
    }
}
