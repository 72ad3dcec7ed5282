using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.ListTouchpoints;

public sealed class ListTouchpointsTests
{
    [Test]
    public async Task Touchpoints_are_listed_in_the_order_of_the_customers_way_page_by_page()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        foreach (var (code, order) in new[] { ("renewal", 9), ("booking", 2), ("app", 2), ("inquiry", 1) })
            await (await api.PutAsJsonAsync($"/api/v1/touchpoints/{code}", new { name = new Dictionary<string, object?> { ["en"] = code, ["zh-CN"] = "触点" }, order })).Json();

        var first = await (await api.GetAsync("/api/v1/touchpoints?limit=3")).Json();
        var second = await (await api.GetAsync($"/api/v1/touchpoints?limit=3&cursor={first.GetProperty("next").GetString()}")).Json();

        Assert.That(first.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()), Is.EqualTo(new[] { "inquiry", "app", "booking" }));
        Assert.That(second.GetProperty("items")[0].GetProperty("name").GetProperty("zh-CN").GetString(), Is.EqualTo("触点"));
        Assert.That(second.GetProperty("next").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }
}
