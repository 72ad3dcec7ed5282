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
        Assert.That(read.GetProperty("requiredAction").GetString(), Does.StartWith("Find out why Speed stands at 30.0 (").And.Contain("n = 100").And.Contain("threshold of 70.0"));
        Assert.That(list.QuerySelector("tbody th")!.TextContent, Is.EqualTo("shanghai"));
        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.Contain("速度"));
        Assert.That(page.QuerySelector("a[href='/indicators/a?orgUnit=shanghai']"), Is.Not.Null);
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
