using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ReadImport;

public sealed class ReadImportTests
{
    [Test]
    public async Task A_report_is_told_again_to_those_who_see_the_org_unit_it_was_made_for()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var east = await host.WithBoundKey("east", Scopes.CustomersWrite);
        var shanghai = await host.WithBoundKey("shanghai", Scopes.CustomersWrite);
        var report = await east.Import("accounts", "externalId,name,orgUnit\na1,One,east\n");
        var address = $"/api/v1/imports/{report.GetProperty("id").GetString()}";

        Assert.That((await east.Got(address)).GetRawText(), Is.EqualTo(report.GetRawText()));
        Assert.That((await api.Got(address)).GetRawText(), Is.EqualTo(report.GetRawText()));
        await (await shanghai.GetAsync(address)).IsProblem(404, "import-not-found");
        await (await api.GetAsync("/api/v1/imports/0000000000000")).IsProblem(404, "import-not-found");
    }
}
