using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ListImports;

public sealed class ListImportsTests
{
    [Test]
    public async Task Imports_of_a_source_are_listed_newest_first_also_those_that_failed()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\n");
        await desk.Import("tickets", "ticket,account,contact,touchpoint,category,closed,minutes\n");
        await desk.Send(Desk.Usage, "account\n");

        var first = await (await desk.Api.GetAsync("/api/v1/operational-data/usage/imports?limit=1")).Json();
        var second = await (await desk.Api.GetAsync($"/api/v1/operational-data/usage/imports?limit=1&cursor={first.GetProperty("next").GetString()}")).Json();

        Assert.That(first.GetProperty("items")[0].GetProperty("state").GetString(), Is.EqualTo("failed"));
        Assert.That(second.GetProperty("items")[0].GetProperty("created").GetInt64(), Is.EqualTo(1));
        Assert.That(second.GetProperty("next").GetString(), Is.Null);
        await (await desk.Api.GetAsync("/api/v1/operational-data/nothing/imports")).IsProblem(404, "source-not-found");
    }
}
