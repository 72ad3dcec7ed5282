using Cem.Kernel.Security;
using Cem.Server.Features.Invitations.StartWave;
using Cem.Tests.Features.Invitations.StartWave;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.ListWaves;

public sealed class ListWavesTests
{
    [Test]
    public async Task A_wave_that_runs_shows_how_far_it_is_and_can_be_stopped()
    {
        await using var host = await CemHost.Run();
        await StartWaveTests.Arrange(host);
        await host.Send(new Request("relation", ["user"], "east"));
        using var browser = await host.SignedIn(Roles.CxManager);

        var page = await browser.Open("/surveys/waves");

        Assert.That(page.QuerySelector("progress")?.GetAttribute("max"), Is.EqualTo("3"), page.Body!.TextContent);
        Assert.That(page.QuerySelector("form[action$=cancel]"), Is.Not.Null);
    }
}
