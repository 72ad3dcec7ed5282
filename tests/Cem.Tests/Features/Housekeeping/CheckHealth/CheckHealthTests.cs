using Cem.Tests.Testing;

namespace Cem.Tests.Features.Housekeeping.CheckHealth;

public sealed class CheckHealthTests
{
    [Test]
    public async Task The_server_is_live_and_ready_and_says_on_this_machine_what_it_owes()
    {
        await using var host = await CemHost.Run();

        Assert.That(await host.Anonymous().GetStringAsync("/health/live"), Is.EqualTo("live"));
        var ready = await (await host.Local().GetAsync("/health/ready")).Json();

        Assert.That(ready.GetProperty("status").GetString(), Is.EqualTo("ready"));
        Assert.That(ready.GetProperty("parked").GetInt32(), Is.Zero);
        Assert.That(await host.Anonymous().GetStringAsync("/health/ready"), Is.EqualTo("ready"), "others learn the status alone");
    }
}
