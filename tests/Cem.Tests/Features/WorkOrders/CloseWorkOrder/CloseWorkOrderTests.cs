using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.CloseWorkOrder;

public sealed class CloseWorkOrderTests
{
    [Test]
    public async Task When_many_close_it_at_once_exactly_one_wins_and_the_others_learn_it()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        await desk.Step(id, "accept");
        await desk.Step(id, "resolve", new { cause = "a", actionTaken = "b" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => desk.Step(id, "close", version: 3)));

        Assert.That(answers.Count(answer => answer.IsSuccessStatusCode), Is.EqualTo(1));
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
            await answer.IsProblem(412, "stale");
        Assert.That((await desk.Read(id)).GetProperty("state").GetString(), Is.EqualTo("closed"));
    }

    [Test]
    public async Task What_the_customer_said_since_stands_on_the_page()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        await desk.Step(id, "accept");
        await desk.Step(id, "resolve", new { cause = "a", actionTaken = "b" });
        await desk.Step(id, "close");
        host.Clock.Advance(TimeSpan.FromDays(3));

        await desk.Collection.Submitted("later", new { help = 5, nps = 10 }, ("completedAt", "2026-03-13T09:00:00+08:00"));
        await host.Settle();

        Assert.That((await desk.Read(id)).GetProperty("since")[0].GetProperty("score").GetInt32(), Is.EqualTo(10));
    }
}
