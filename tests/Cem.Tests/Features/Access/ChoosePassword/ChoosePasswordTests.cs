using System.Net;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ChoosePassword;

public sealed class ChoosePasswordTests
{
    [Test]
    public async Task A_link_works_once_even_for_twenty_at_once()
    {
        await using var host = await CemHost.Run();
        var link = await Link(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.Browser().Post(link, ("password", $"correct horse {i} battery"))));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Found), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound), Is.EqualTo(19));
    }

    [Test]
    public async Task An_invitation_is_good_for_a_week()
    {
        await using var host = await CemHost.Run();
        var link = await Link(host);
        using var browser = host.Browser();

        host.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.That((await browser.Client.GetAsync(link)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await browser.Client.GetAsync(link)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await browser.Post(link, ("password", "correct horse battery"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_link_of_somebody_deactivated_leads_nowhere()
    {
        await using var host = await CemHost.Run();
        var link = await Link(host);
        await host.Store.Write(tx => tx.Execute("UPDATE access_users SET active = 0"));

        Assert.That((await host.Browser().Post(link, ("password", "correct horse battery"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_short_password_is_refused_and_the_link_stays_good()
    {
        await using var host = await CemHost.Run();
        using var browser = host.Browser();
        await browser.Open(await Link(host));

        var page = await browser.Submit("#choose-password", new { password = "eleven char" });

        Assert.That(page.QuerySelector(".field-wrong #f-password"), Is.Not.Null);
        await browser.Submit("#choose-password", new { password = "correct horse battery" });
        Assert.That(browser.Address, Is.EqualTo("/sign-in?done=password"));
    }

    static async Task<string> Link(CemHost host) => new Uri((await host.Send(new Server.Features.Access.InviteUser.Request("lei@example.com", "Lei", Roles.Viewer, null, "en", ByMail: false))).Link).AbsolutePath;
}
