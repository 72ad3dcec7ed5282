using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.AcceptWorkOrder;

public sealed class AcceptWorkOrderTests
{
    [Test]
    public async Task Accepting_moves_it_on_once()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();

        var first = await desk.Step(id, "accept");
        var second = await desk.Step(id, "accept");

        Assert.That((await first.Json()).GetProperty("state").GetString(), Is.EqualTo("accepted"));
        Assert.That(first.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
        await second.IsProblem(409, "transition");
    }

    [Test]
    public async Task A_step_needs_the_version_that_was_read()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();

        await (await desk.Step(id, "accept", version: null)).IsProblem(428, "if-match-needed");
        await (await desk.Step(id, "accept", version: 7)).IsProblem(412, "stale");
    }

    [Test]
    public async Task Who_accepts_what_nobody_owned_becomes_its_owner()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        using var agent = await host.SignedIn(Roles.Agent);

        await agent.Open($"/work-orders/{id}");
        await agent.Submit($"form[action='/work-orders/{id}/accept']");

        Assert.That(agent.Page.Body!.TextContent, Does.Contain("Done."));
        Assert.That((await desk.Read(id)).GetProperty("owner").GetString(), Does.StartWith("person"));
    }
}
