using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Indicators;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.RaiseIndicatorAlert;

public sealed class RaiseIndicatorAlertTests
{
    [Test]
    public async Task An_indicator_below_its_threshold_becomes_one_work_order_of_the_org_unit_everywhere_it_is_shown()
    {
        await using var shelf = await Below();

        var order = (await Orders(shelf)).Single();
        var id = order.GetProperty("id").GetString()!;
        var read = await shelf.Read($"/api/v1/work-orders/{id}");
        using var manager = await shelf.Host.SignedIn(Roles.Manager, "east", "zh-CN");
        var list = await manager.Open("/work-orders");
        var page = await manager.Open($"/work-orders/{id}");
        var rules = await (await shelf.Host.SignedIn(Roles.CxManager)).Open("/settings/alert-rules");

        Assert.That((order.GetProperty("account").ValueKind, order.GetProperty("orgUnit").GetString(), order.GetProperty("rule").GetString(), order.GetProperty("ruleName").GetString()),
            Is.EqualTo((JsonValueKind.Null, "shanghai", "indicator:a", "Speed: past its threshold")));
        Assert.That(read.GetProperty("indicator").GetString(), Is.EqualTo("a"));
        Assert.That(read.GetProperty("reasons")[0].GetString(), Does.StartWith("Speed stands at 30.0 (").And.Contain("n = 100").And.EndWith("threshold of 70.0."));
        Assert.That((read.GetProperty("priority").GetString(), read.GetProperty("requiredAction").GetString()), Is.EqualTo(("normal", "Find out why, and agree with those concerned what will change by when.")));
        Assert.That(list.QuerySelector("tbody th")!.TextContent, Is.EqualTo("shanghai"));
        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.Contain("查明原因"));
        Assert.That(page.QuerySelector("main ul li")!.TextContent, Does.StartWith("“速度”为 30.0").And.EndWith("显著越过阈值 70.0。"));
        Assert.That(page.QuerySelectorAll("a[href='/indicators/a?orgUnit=shanghai']"), Has.Length.EqualTo(2));
        Assert.That(rules.QuerySelector("#thresholds")!.TextContent, Does.Contain("Speed"));
        await (await shelf.Api.PostAsync("/api/v1/indicators/a:retire", null)).IsProblem(422, "indicator-in-use");
    }

    [Test]
    public async Task While_it_is_not_closed_and_after_that_until_new_weeks_were_judged_there_is_no_other()
    {
        await using var shelf = await Below();
        await shelf.Host.Advance(TimeSpan.FromDays(7));
        var whileOpen = (await Orders(shelf)).Count;
        var id = (await Orders(shelf)).Single().GetProperty("id").GetString();
        foreach (var (step, body) in new[] { ("accept", "{}"), ("resolve", """{"cause": "Too few people", "actionTaken": "Two more"}"""), ("close", "{}") })
            await (await Step(shelf, id!, step, body)).Json();

        await shelf.Host.Advance(TimeSpan.FromDays(7));

        Assert.That(whileOpen, Is.EqualTo(1));
        Assert.That(await Orders(shelf), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_nearest_manager_owns_it_and_is_told_by_mail()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "threshold", "70"));
        using var manager = await shelf.Host.SignedIn(Roles.Manager, "east");

        await Fall(shelf);

        var order = (await Orders(shelf)).Single();
        Assert.That(order.GetProperty("owner").ValueKind, Is.EqualTo(JsonValueKind.String));
        var subject = shelf.Host.Store.Read(reader => reader.Query<string>("SELECT subject FROM kernel_mails WHERE kind = 'work-order'"));
        Assert.That(subject.Single(), Does.Contain("shanghai"));
    }

    [Test]
    public async Task The_rule_that_names_the_indicator_says_what_to_do_and_by_when_before_the_one_for_all()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "threshold", "70"));
        await Rule(shelf, "indicator-threshold", """ "priority": "low", "promisedHours": 9 """);
        await Rule(shelf, "speed", """ "indicators": ["a"], "priority": "high", "promisedHours": 18 """);
        await Rule(shelf, "asleep", """ "indicators": ["a"], "priority": "low", "promisedHours": 1, "active": false """);

        await Fall(shelf);

        var order = await shelf.Read($"/api/v1/work-orders/{(await Orders(shelf)).Single().GetProperty("id").GetString()}");
        Assert.That((order.GetProperty("priority").GetString(), order.GetProperty("requiredAction").GetString()), Is.EqualTo(("high", "Do speed.")));
        Assert.That(order.GetProperty("dueAt").GetDateTimeOffset() - order.GetProperty("openedAt").GetDateTimeOffset(), Is.InRange(TimeSpan.FromDays(1), TimeSpan.FromDays(3)), "Two working days of nine hours.");
    }

    [TestCase("a", "normal")]
    [TestCase("help", "high")]
    public async Task Indicators_of_the_upper_levels_are_one_step_more_urgent(string indicator, string priority)
    {
        await using var shelf = await Shelf.Open(Shelf.With(indicator, "threshold", "70"));

        await Fall(shelf);

        Assert.That((await Orders(shelf)).Single().GetProperty("priority").GetString(), Is.EqualTo(priority));
    }

    [Test]
    public async Task Without_an_active_rule_nothing_is_opened()
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "threshold", "70"));
        await Rule(shelf, "indicator-threshold", """ "priority": "low", "promisedHours": 9, "active": false """);

        await Fall(shelf);

        Assert.That(await Orders(shelf), Is.Empty);
    }

    static async Task Rule(Shelf shelf, string code, string rest) => await (await shelf.Api.PutAsync($"/api/v1/alert-rules/{code}", new StringContent($$"""
        {"kind": "indicator", "name": {"en": "A", "zh-CN": "甲"}, "requiredAction": {"en": "Do {{code}}.", "zh-CN": "乙"}, {{rest}}}
        """, null, "application/json"))).Json();

    static async Task<Shelf> Below()
    {
        var shelf = await Shelf.Open(Shelf.With("a", "threshold", "70"));
        await Fall(shelf);
        return shelf;
    }

    static async Task Fall(Shelf shelf)
    {
        await shelf.Answers("a", 30, 70, new DateOnly(2026, 3, 5), "shanghai");
        await shelf.Host.Advance(TimeSpan.FromDays(5));
        await shelf.Host.Settle();
    }

    static async Task<IReadOnlyList<JsonElement>> Orders(Shelf shelf) => [.. (await shelf.Read("/api/v1/work-orders")).GetProperty("items").EnumerateArray()];

    static async Task<HttpResponseMessage> Step(Shelf shelf, string id, string step, string body)
    {
        var version = (await shelf.Read($"/api/v1/work-orders/{id}")).GetProperty("version").GetInt32();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/work-orders/{id}:{step}") { Content = new StringContent(body, null, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await shelf.Api.SendAsync(request);
    }
}
