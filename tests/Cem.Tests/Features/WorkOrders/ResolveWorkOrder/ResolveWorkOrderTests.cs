using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.ResolveWorkOrder;

public sealed class ResolveWorkOrderTests
{
    [Test]
    public async Task Cause_and_action_are_needed()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        await desk.Step(id, "accept");

        await (await desk.Step(id, "resolve", new { cause = "", actionTaken = "Freed it" })).IsProblem(422, "not-empty", "/cause");
        await (await desk.Step(id, "resolve", new { cause = "Field renamed", actionTaken = "Mapping updated" })).Json();

        Assert.That((await desk.Read(id)).GetProperty("cause").GetString(), Is.EqualTo("Field renamed"));
    }

    [Test]
    public async Task What_was_not_accepted_cannot_be_resolved()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();

        await (await desk.Step(id, "resolve", new { cause = "a", actionTaken = "b" })).IsProblem(409, "transition");
    }
}
