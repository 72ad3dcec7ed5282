using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.ReopenWorkOrder;

public sealed class ReopenWorkOrderTests
{
    [Test]
    public async Task It_is_taken_up_again_unless_another_of_the_same_cause_is_under_way()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        await desk.Step(id, "accept");
        await desk.Step(id, "resolve", new { cause = "a", actionTaken = "b" });
        await (await desk.Step(id, "reopen", new { note = "Not solved" })).Json();
        Assert.That((await desk.Read(id)).GetProperty("state").GetString(), Is.EqualTo("open"));

        await desk.Step(id, "accept");
        await desk.Step(id, "resolve", new { cause = "a", actionTaken = "b" });
        await desk.Step(id, "close");
        await desk.Answer("s2", 2);

        await (await desk.Step(id, "reopen", new { note = "Not solved" })).IsProblem(409, "another-open");
    }
}
