using System.Net;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.AuthenticateSession;

public sealed class AuthenticateSessionTests
{
    const string Page = "/settings/company";

    [Test]
    public async Task A_session_lasts_as_long_as_it_is_used()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);

        for (var i = 0; i < 4; i++)
        {
            await host.Advance(TimeSpan.FromHours(11));
            Assert.That(await Get(browser), Is.EqualTo(HttpStatusCode.OK));
        }
        await host.Advance(TimeSpan.FromHours(12) + TimeSpan.FromMilliseconds(1));
        Assert.That(await Get(browser), Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task A_session_is_over_after_thirty_days_however_busy()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);

        for (var hours = 10; hours < 30 * 24; hours += 10)
        {
            await host.Advance(TimeSpan.FromHours(10));
            Assert.That(await Get(browser), Is.EqualTo(HttpStatusCode.OK), $"after {hours} h");
        }
        await host.Advance(TimeSpan.FromHours(10));
        Assert.That(await Get(browser), Is.EqualTo(HttpStatusCode.Found));
        await host.Advance(TimeSpan.FromMinutes(1));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM access_sessions")), Is.Zero);
    }

    [Test]
    public async Task A_use_within_the_minute_counts_before_it_is_written_down()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);

        host.Clock.Advance(TimeSpan.FromHours(11));
        await Get(browser);
        host.Clock.Advance(TimeSpan.FromHours(11));

        Assert.That(await Get(browser), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Somebody_deactivated_is_out_with_the_next_click()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);

        await host.Store.Write(tx => tx.Execute("UPDATE access_users SET active = 0"));

        Assert.That(await Get(browser), Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task A_made_up_session_is_nobody_and_is_not_taken_over_at_the_sign_in()
    {
        await using var host = await CemHost.Run();
        using var browser = host.Browser();
        browser.Plant(SessionCookie.Name, "0123456789abcdefghjkmnpqrstvwxyz");

        Assert.That(await Get(browser), Is.EqualTo(HttpStatusCode.Found));
        var link = await host.Send(new Cem.Contracts.Access.AskSignInLink("mei@example.com", "Mei", "administrator", null, "en"));
        await browser.Post(link.Path);

        Assert.That(browser.CookiesKept[SessionCookie.Name]!.Value, Is.Not.EqualTo("0123456789abcdefghjkmnpqrstvwxyz"));
        Assert.That(await Get(browser), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_session_opens_no_door_of_the_api()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);

        var answer = await browser.Client.PutAsync("/api/v1/org-units/hq", new StringContent("""{"name": "HQ", "kind": "headquarters"}""", null, "application/json"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    static async Task<HttpStatusCode> Get(Browser browser) => (await browser.Client.GetAsync(Page)).StatusCode;
}
