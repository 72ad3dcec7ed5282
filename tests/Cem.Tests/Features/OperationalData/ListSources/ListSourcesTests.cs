using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ListSources;

public sealed class ListSourcesTests
{
    [Test]
    public async Task Sources_are_listed_by_code_page_by_page()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var first = await (await desk.Api.GetAsync("/api/v1/operational-data?limit=1")).Json();
        var second = await (await desk.Api.GetAsync($"/api/v1/operational-data?limit=1&cursor={first.GetProperty("next").GetString()}")).Json();

        Assert.That(first.GetProperty("items")[0].GetProperty("code").GetString(), Is.EqualTo("tickets"));
        Assert.That(second.GetProperty("items")[0].GetProperty("code").GetString(), Is.EqualTo("usage"));
        Assert.That(second.GetProperty("next").GetString(), Is.Null);
    }
}
