using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.TransferWorkOrder;

public sealed class TransferWorkOrderTests
{
    [Test]
    public async Task It_waits_for_its_new_owner_who_is_told_by_mail()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        using var agent = await host.SignedIn(Roles.Agent);
        var to = host.Store.Read(reader => reader.Single<string>("SELECT email FROM access_v_users WHERE role = 'agent'"));
        await desk.Step(id, "accept");

        await (await desk.Step(id, "transfer", new { to, note = "For billing" })).Json();
        await host.Settle();

        var order = await desk.Read(id);
        Assert.That((order.GetProperty("state").GetString(), order.GetProperty("owner").GetString()), Is.EqualTo(("open", to)));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT to_address FROM kernel_v_mails WHERE kind = 'work-order'")), Is.EqualTo(new[] { to }));
    }

    [Test]
    public async Task Nobody_outside_the_accounts_part_of_the_tree_can_be_given_it()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        using var elsewhere = await host.SignedIn(Roles.Agent, "west");
        var to = host.Store.Read(reader => reader.Single<string>("SELECT email FROM access_v_users WHERE role = 'agent'"));

        await (await desk.Step(id, "transfer", new { to })).IsProblem(422, "user-not-found", "/to");
        await (await desk.Step(id, "transfer", new { to = "nobody@example.com" })).IsProblem(422, "user-not-found", "/to");
    }
}
