using System.Net;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ResetPassword;

public sealed class ResetPasswordTests
{
    [Test]
    public async Task The_link_goes_by_mail_lets_one_choose_anew_and_ends_every_session()
    {
        await using var host = await CemHost.Run();
        using var administrator = await host.SignedIn(Roles.Administrator);
        using var user = await host.SignedIn(Roles.Viewer);
        await administrator.Open($"/settings/users/{new Id(user.UserId)}");

        var link = (await administrator.Submit("#reset")).QuerySelector("#link")!.TextContent;

        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT text FROM kernel_mails WHERE to_address = 'person2@example.com'")), Does.Contain(link));
        Assert.That((await user.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "until the link is used all stays as it was");
        using var elsewhere = host.Browser();
        await elsewhere.Open(new Uri(link).AbsolutePath);
        await elsewhere.Submit("#choose-password", new { password = "correct horse battery" });
        Assert.That((await user.Client.GetAsync("/profile")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        await elsewhere.Submit("#sign-in", new { email = "person2@example.com", password = "correct horse battery" });
        Assert.That(elsewhere.CookiesKept[SessionCookie.Name], Is.Not.Null);
    }

    [Test]
    public async Task Users_outside_the_administrators_scope_do_not_exist()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var administrator = await host.SignedIn(Roles.Administrator, "east");
        using var outside = await host.SignedIn(Roles.Viewer, "north");
        using var inside = await host.SignedIn(Roles.Viewer, "shanghai");

        Assert.That((await administrator.Post($"/settings/users/{new Id(outside.UserId)}/reset")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await administrator.Post($"/settings/users/{new Id(inside.UserId)}/reset")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
