using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ReadSource;

public sealed class ReadSourceTests
{
    [Test]
    public async Task A_source_is_given_back_as_it_was_put()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);

        var read = await (await desk.Api.GetAsync("/api/v1/operational-data/tickets")).Json();

        Assert.That(read.GetProperty("code").GetString(), Is.EqualTo("tickets"));
        Assert.That(read.GetProperty("eventType").GetString(), Is.EqualTo("ticket.closed"));
        Assert.That(read.GetProperty("fields")[4].GetProperty("aliases").GetProperty("改签").GetString(), Is.EqualTo("change"));
        Assert.That(read.GetProperty("retired").GetBoolean(), Is.False);
        await (await desk.Api.GetAsync("/api/v1/operational-data/nothing")).IsProblem(404, "source-not-found");
    }
}
