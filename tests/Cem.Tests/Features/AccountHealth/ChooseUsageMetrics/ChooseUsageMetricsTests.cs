using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.AccountHealth.ChooseUsageMetrics;

public sealed class ChooseUsageMetricsTests
{
    const string Path = "/api/v1/usage-metrics";

    [Test]
    public async Task A_part_that_is_left_out_is_not_measured_any_more()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);
        Assert.That((await (await api.GetAsync(Path)).Json()).GetProperty("breadth").GetInt32(), Is.EqualTo(7));

        var put = await (await api.PutAsJsonAsync(Path, Chosen(("seats", "seats", null), ("active", "active-users", "usage")))).Json();
        await host.Settle();

        Assert.That(put.GetProperty("metrics").GetArrayLength(), Is.EqualTo(2));
        var now = await (await api.GetAsync(Path)).Json();
        Assert.That((now.GetProperty("accounts").GetInt32(), now.GetProperty("activation").GetInt32(), now.GetProperty("breadth").GetInt32()), Is.EqualTo((8, 7, 0)));
        var parts = (await (await api.GetAsync("/api/v1/accounts/story/health")).Json()).GetProperty("usage").GetProperty("parts").EnumerateArray();
        Assert.That(parts.Where(part => part.GetProperty("score").ValueKind == JsonValueKind.Null).Select(part => part.GetProperty("part").GetString()), Is.EqualTo(new[] { "frequency", "breadth" }));
        Assert.That(host.Store.Read(reader => reader.Find<string>("SELECT subject FROM access_audit WHERE action = 'usage-metrics.changed'")), Is.EqualTo("usage-metrics"));
    }

    [TestCase("seats", "licences", null, "/metrics/0/metric", "licences")]
    [TestCase("seats", "seats", "elsewhere", "/metrics/0/metric", "elsewhere")]
    public async Task A_metric_that_no_source_declares_is_refused_by_name(string part, string metric, string? source, string pointer, string named)
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);

        var answer = await api.PutAsJsonAsync(Path, Chosen((part, metric, source)));

        await answer.IsProblem(422, "metric-not-found", pointer);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(named).And.Contain("active-users (usage)"));
        Assert.That((await (await api.GetAsync(Path)).Json()).GetProperty("metrics").GetArrayLength(), Is.EqualTo(4), "nothing was changed");
    }

    [Test]
    public async Task A_part_named_twice_and_an_unknown_part_are_refused()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);

        await (await api.PutAsJsonAsync(Path, Chosen(("seats", "seats", null), ("seats", "active-users", null)))).IsProblem(422, "twice", "/metrics/1/part");
        Assert.That((int)(await api.PutAsJsonAsync(Path, Chosen(("colour", "seats", null)))).StatusCode, Is.EqualTo(400));
    }

    [TestCase(Languages.English, "Activation: known of 7 of 8 accounts")]
    [TestCase(Languages.Chinese, "激活度：8 家客户中已知 7 家")]
    public async Task The_page_offers_what_sources_declare_and_keeps_what_is_chosen(string language, string known)
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);
        using var browser = await host.SignedIn(Roles.CxManager, language: language);

        var page = await browser.Open("/data/usage-metrics");
        Assert.That(page.QuerySelector("main")!.TextContent, Does.Contain(known));
        Assert.That(page.QuerySelector("select[name=actions] option[selected]")!.GetAttribute("value"), Is.EqualTo("/bookings"));

        await browser.Submit("main form", new { actions = "usage/features-used", features = "" });
        Assert.That(browser.Page.QuerySelector("select[name=actions] option[selected]")!.GetAttribute("value"), Is.EqualTo("usage/features-used"));
        Assert.That((await (await api.GetAsync(Path)).Json()).GetProperty("metrics").EnumerateArray().Select(each => each.GetProperty("part").GetString()), Is.EqualTo(new[] { "seats", "active", "actions" }));
    }

    [Test]
    public async Task Without_operational_data_the_page_says_what_to_do_first()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.CxManager);

        var page = await browser.Open("/data/usage-metrics");

        Assert.That(page.QuerySelector(".empty a")!.GetAttribute("href"), Is.EqualTo("/data/sources/new"));
    }

    static object Chosen(params (string Part, string Metric, string? Source)[] metrics) =>
        new { metrics = metrics.Select(each => new { part = each.Part, metric = each.Metric, source = each.Source }) };
}
