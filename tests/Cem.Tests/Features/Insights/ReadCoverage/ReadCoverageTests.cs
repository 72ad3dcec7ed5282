using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ReadCoverage;

public sealed class ReadCoverageTests
{
    const string Quarter = "/api/v1/insights/coverage?from=2026-01-01&to=2026-03-31";

    [Test]
    public async Task Coverage_is_told_in_all_and_by_the_units_directly_below()
    {
        await using var host = await CemHost.Run();
        await SmallCompany.Plant(host);
        var api = await host.WithKey(Scopes.InsightsRead);

        var answer = await api.Got(Quarter + "&orgUnit=hq");

        var total = answer.GetProperty("total");
        Assert.That((total.GetProperty("orgUnit").GetString(), total.GetProperty("accounts").GetInt32(), total.GetProperty("accountsHeard").GetInt32()), Is.EqualTo(("hq", 3, 2)));
        Assert.That(total.Number("share"), Is.EqualTo(2 / 3.0).Within(1e-12));
        Assert.That(total.Number("revenueHeard"), Is.EqualTo(0.9).Within(1e-12));
        Assert.That(answer.GetProperty("rows").EnumerateArray().Select(row => (row.GetProperty("orgUnit").GetString(), row.GetProperty("decisionMakers").GetInt32(), row.GetProperty("decisionMakersHeard").GetInt32())),
            Is.EqualTo(new[] { ("east", 2, 1), ("west", 0, 0) }));
    }

    [Test]
    public async Task A_bound_key_sees_its_unit_and_what_lies_outside_does_not_exist()
    {
        await using var host = await CemHost.Run();
        await SmallCompany.Plant(host);
        var west = await host.WithBoundKey("west", Scopes.InsightsRead);

        Assert.That((await west.Got(Quarter)).GetProperty("total").GetProperty("accounts").GetInt32(), Is.EqualTo(1));
        await (await west.GetAsync(Quarter + "&orgUnit=east")).IsProblem(404, "org-unit-not-found");
    }

    [Test]
    public async Task Where_there_is_nobody_there_is_no_share_and_what_cannot_be_read_is_named()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.InsightsRead);

        Assert.That((await api.Got(Quarter)).GetProperty("total").GetProperty("share").ValueKind, Is.EqualTo(JsonValueKind.Null));
        await (await api.GetAsync("/api/v1/insights/coverage?from=yesterday")).IsProblem(400, "malformed", "from");
    }
}
