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
            await (await api.PutAsJsonAsync($"/api/v1/touchpoints/{code}", new { name = new Dictionary<string, string> { ["en"] = code, ["zh-CN"] = "触点" }, order })).Json();

        var first = await (await api.GetAsync("/api/v1/touchpoints?limit=3")).Json();
        var second = await (await api.GetAsync($"/api/v1/touchpoints?limit=3&cursor={first.GetProperty("next").GetString()}")).Json();

        Assert.That(first.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()), Is.EqualTo(new[] { "inquiry", "app", "booking" }));
        Assert.That(second.GetProperty("items")[0].GetProperty("name").GetProperty("zh-CN").GetString(), Is.EqualTo("触点"));
        Assert.That(second.GetProperty("next").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    [Test]
    public async Task The_page_says_what_hangs_on_each()
    {
        await using var atlas = await Atlas.Open();
        using var viewer = await atlas.Host.SignedIn(Roles.Viewer, "east");

        var page = await viewer.Open("/touchpoints");

        Assert.That(page.QuerySelectorAll("#touchpoints tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))),
            Is.EqualTo(new[] { "The call call care 0 1", "The sync sync care 0 0", "The renewal renewal – 0 0" }));
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("Nothing hangs on one of them yet."));
        Assert.That(page.QuerySelector("#touchpoints tbody th a"), Is.Null, "a viewer is offered to edit");
    }

    [Test]
    public async Task Without_any_the_page_says_what_to_do()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.CxManager, language: "zh-CN");

        Assert.That((await browser.Open("/touchpoints")).QuerySelector(".empty h2")!.TextContent, Is.EqualTo("还没有触点"));
    }
}
