using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.RaiseAlert;

public sealed class RaiseAlertTests
{
    [Test]
    public async Task A_bad_answer_opens_one_work_order_and_a_second_one_is_added_to_it()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);

        await desk.Answer("s1", 3, "It failed again");
        await desk.Answer("s2", 2);
        await desk.Answer("s3", 9);

        var order = (await desk.Orders()).Single();
        Assert.That(order.GetProperty("alerts").GetInt32(), Is.EqualTo(2));
        Assert.That(order.GetProperty("state").GetString(), Is.EqualTo("open"));
        Assert.That(order.GetProperty("priority").GetString(), Is.EqualTo("high"));
        // Eight working hours from Wednesday 10:00 in Shanghai.
        Assert.That(order.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.Parse("2026-03-11T18:00:00+08:00", null)));
    }

    [Test]
    public async Task The_accounts_owner_gets_it_or_else_the_nearest_manager()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        using var manager = await host.SignedIn(Roles.Manager);

        var id = await desk.Opened();

        Assert.That((await desk.Read(id)).GetProperty("owner").GetString(), Is.EqualTo(host.Store.Read(reader => reader.Find<string>("SELECT email FROM access_v_users WHERE role = 'manager'"))));
    }

    [Test]
    public async Task A_later_alert_takes_up_again_what_was_thought_resolved_and_opens_anew_what_was_closed()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        await desk.Step(id, "accept");
        await desk.Step(id, "resolve", new { cause = "a", actionTaken = "b" });

        await desk.Answer("s2", 1);
        Assert.That((await desk.Read(id)).GetProperty("state").GetString(), Is.EqualTo("accepted"));

        await desk.Step(id, "resolve", new { cause = "a", actionTaken = "b" });
        await desk.Step(id, "close");
        await desk.Answer("s3", 1);

        Assert.That((await desk.Orders()).Select(order => order.GetProperty("state").GetString()), Is.EquivalentTo(new[] { "closed", "open" }));
    }

    [Test]
    public async Task An_answer_told_twice_raises_one_alert()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        await desk.Answer("s1", 3);

        await desk.Collection.Submit(Features.Responses.Collection.Submission("s1", new { help = 5, nps = 3 }));
        await host.Settle();

        Assert.That((await desk.Orders()).Single().GetProperty("alerts").GetInt32(), Is.EqualTo(1));
    }
}
