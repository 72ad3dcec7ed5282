using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.ListWorkOrders;

public sealed class ListWorkOrdersTests
{
    [Test]
    public async Task The_queue_says_what_is_overdue_and_shows_a_branch_its_own_alone()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        await desk.Opened();
        await host.Advance(TimeSpan.FromDays(2));

        Assert.That(await desk.Orders("?state=overdue"), Has.Count.EqualTo(1));
        using var manager = await host.SignedIn(Roles.Manager);
        await manager.Open("/work-orders");
        Assert.That(manager.Page.QuerySelector(".answer")!.TextContent, Is.EqualTo("One work order is under way, and it is overdue."));

        using var elsewhere = await host.SignedIn(Roles.Manager, "west");
        await elsewhere.Open("/work-orders");
        Assert.That(elsewhere.Page.QuerySelector(".answer")!.TextContent, Does.StartWith("Nothing is open"));
    }

    [Test]
    public async Task An_org_unit_of_the_filter_lists_its_tree_alone()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        await desk.Opened();

        Assert.That(await desk.Orders("?orgUnit=hq"), Has.Count.EqualTo(1));
        Assert.That(await desk.Orders("?orgUnit=west"), Is.Empty);
        await (await desk.Api.GetAsync("/api/v1/work-orders?orgUnit=nowhere")).IsProblem(404, "org-unit-not-found");

        using var manager = await host.SignedIn(Roles.Manager);
        await manager.Open("/work-orders?orgUnit=west");
        Assert.That(manager.Page.QuerySelector(".answer")!.TextContent, Does.StartWith("Nothing is open"));
        Assert.That(manager.Page.QuerySelector("select[name=orgUnit] option[selected]")!.GetAttribute("value"), Is.EqualTo("west"));
    }

    [Test]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        await (await desk.Put("/api/v1/alert-rules/other", Desk.Rule)).Json();
        await desk.Answer("s1", 2);

        var first = await (await desk.Api.GetAsync("/api/v1/work-orders?limit=1")).Json();
        var second = await (await desk.Api.GetAsync($"/api/v1/work-orders?limit=1&cursor={first.GetProperty("next").GetString()}")).Json();

        Assert.That(second.GetProperty("next").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        Assert.That(second.GetProperty("items")[0].GetProperty("id").GetString(), Is.Not.EqualTo(first.GetProperty("items")[0].GetProperty("id").GetString()));
    }

    [TestCase("?state=lost", "state")]
    [TestCase("?limit=1000", "limit")]
    [TestCase("?cursor=abc", "cursor")]
    [TestCase("?updatedSince=2026-03-01", "updatedSince")]
    public async Task Queries_that_cannot_be_read_are_refused(string query, string parameter)
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);

        await (await desk.Api.GetAsync("/api/v1/work-orders" + query)).IsProblem(400, "malformed", parameter);
    }
}
