using System.Net;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ChangePassword;

public sealed class ChangePasswordTests
{
    [Test]
    public async Task The_new_password_ends_every_session_and_signs_in()
    {
        await using var host = await CemHost.Run();
        using var here = await WithPassword(host);
        using var there = host.Browser();
        await there.Post("/sign-in", ("email", "person1@example.com"), ("password", "correct horse battery"));
        Assert.That((await there.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await here.Open("/profile/password");

        await here.Submit("#change-password", new { current = "correct horse battery", password = "another horse battery" });

        Assert.That(here.Address, Is.EqualTo("/sign-in?done=password"));
        Assert.That((await here.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await there.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await there.Post("/sign-in", ("email", "person1@example.com"), ("password", "correct horse battery"))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await there.Post("/sign-in", ("email", "person1@example.com"), ("password", "another horse battery"))).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [TestCase("wrong horse battery", "another horse battery", "current")]
    [TestCase("correct horse battery", "short", "password")]
    [TestCase("correct horse battery", "correct horse battery", "password")]
    public async Task What_is_not_right_is_shown_beside_its_field_and_nothing_changes(string current, string password, string field)
    {
        await using var host = await CemHost.Run();
        using var browser = await WithPassword(host);
        await browser.Open("/profile/password");

        var page = await browser.Submit("#change-password", new { current, password });

        Assert.That(page.QuerySelector($".field-wrong #f-{field}"), Is.Not.Null, page.Body!.TextContent);
        Assert.That((await browser.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>Somebody who came by a link and then chose their first password.</summary>
    static async Task<Browser> WithPassword(CemHost host)
    {
        var browser = await host.SignedIn(Roles.Viewer);
        await browser.Open("/profile/password");
        await browser.Submit("#change-password", new { password = "correct horse battery" });
        await browser.Submit("#sign-in", new { email = "person1@example.com", password = "correct horse battery" });
        return browser;
    }
}
