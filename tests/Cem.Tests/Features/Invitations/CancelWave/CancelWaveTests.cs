using System.Net;
using Cem.Kernel.Security;
using Cem.Server.Features.Invitations.StartWave;
using Cem.Tests.Features.Invitations.StartWave;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.CancelWave;

public sealed class CancelWaveTests
{
    [Test]
    public async Task A_wave_that_is_stopped_asks_nobody_any_more()
    {
        await using var host = await CemHost.Run();
        var programme = await StartWaveTests.Arrange(host);
        await host.Send(new Request("relation", ["user"], ""));
        using var browser = await host.SignedIn(Roles.CxManager);
        await browser.Open("/surveys/waves");

        await browser.Submit("form[action$=cancel]");
        await host.Settle();

        Assert.That(programme.Mails(), Is.Empty);
        Assert.That(browser.Page.QuerySelector("progress"), Is.Null);
    }

    [Test]
    public async Task An_unknown_wave_is_not_found()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.CxManager);

        Assert.That((await browser.Post("/surveys/waves/0000000000001/cancel")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
