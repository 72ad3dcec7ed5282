using System.Net;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.Features.Access.InviteUser;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.InviteUser;

public sealed class InviteUserTests
{
    [Test]
    public async Task Somebody_invited_gets_a_mail_with_the_link_in_both_forms_and_joins_by_it()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/users/invite");

        var made = await browser.Submit("#invite", new { email = "lei@example.com", name = "<b>Lei</b>", role = "manager", language = "en" });
        await host.Settle();

        var link = made.QuerySelector("#link")!.TextContent;
        var mail = host.Store.Read(reader => reader.Single<Mail>("SELECT to_address, subject, html, text FROM kernel_mails"));
        Assert.That(mail.ToAddress, Is.EqualTo("lei@example.com"));
        Assert.That(mail.Subject, Does.Contain("Person 1 invites you"));
        Assert.That(mail.Html, Does.Contain($"href=\"{link}\"").And.Not.Contain("<b>Lei"));
        Assert.That(mail.Text, Does.Contain(link).And.Contain("<b>Lei</b>"));

        using var guest = host.Browser();
        await guest.Open(new Uri(link).AbsolutePath);
        await guest.Submit("#choose-password", new { name = "Lei", password = "correct horse battery" });
        await guest.Submit("#sign-in", new { email = "lei@example.com", password = "correct horse battery" });
        Assert.That(guest.CookiesKept[SessionCookie.Name], Is.Not.Null);
        await guest.Open("/profile");
        Assert.That(guest.Page.QuerySelector("#f-name")!.GetAttribute("value"), Is.EqualTo("Lei"));
    }

    [Test]
    public async Task An_invitation_made_again_replaces_the_one_before_and_puts_right_what_was_entered()
    {
        await using var host = await CemHost.Run();

        var first = await host.Send(Invite("viewer"));
        var second = await host.Send(Invite("manager"));

        Assert.That(second.Id, Is.EqualTo(first.Id));
        using var guest = host.Browser();
        Assert.That((await guest.Client.GetAsync(new Uri(first.Link).AbsolutePath)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await guest.Client.GetAsync(new Uri(second.Link).AbsolutePath)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT role FROM access_users")), Is.EqualTo("manager"));
    }

    [Test]
    public async Task Somebody_who_is_a_user_cannot_be_invited()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/users/invite");

        var page = await browser.Submit("#invite", new { email = "PERSON1@example.com", name = "Mei", role = "viewer" });

        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page.QuerySelector(".field-wrong #f-email"), Is.Not.Null);
        Assert.That(page.QuerySelector("#f-role option[selected]")!.GetAttribute("value"), Is.EqualTo("viewer"));
    }

    [TestCase("nobody", "lei@example.com", "role")]
    [TestCase("viewer", "lei", "email")]
    public async Task What_is_not_right_is_shown_beside_its_field(string role, string email, string field)
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/users/invite");

        var page = await browser.Submit("#invite", new { email, name = "Lei", role });

        Assert.That(page.QuerySelector($".field-wrong #f-{field}"), Is.Not.Null, page.Body!.TextContent);
    }

    [Test]
    public async Task An_administrator_of_a_branch_invites_into_the_branch_only()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var browser = await host.SignedIn(Roles.Administrator, "east");
        await browser.Open("/settings/users/invite");

        Assert.That(browser.Page.QuerySelectorAll("#f-orgunit option").Select(option => option.GetAttribute("value")), Is.EqualTo(new[] { "east", "shanghai" }));
        foreach (var outside in new[] { "", "north", "hq" })
            Assert.That((await browser.Post("/settings/users/invite", ("email", "lei@example.com"), ("name", "Lei"), ("role", "viewer"), ("orgUnit", outside), ("language", "en"))).StatusCode,
                Is.EqualTo(HttpStatusCode.UnprocessableEntity), outside);
        Assert.That((await browser.Post("/settings/users/invite", ("email", "lei@example.com"), ("name", "Lei"), ("role", "viewer"), ("orgUnit", "shanghai"), ("language", "en"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_command_line_prints_the_link_alone_and_sends_no_mail()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        using var output = new StringWriter();

        await CommandLine.RunVerb(host.Services, new("users invite", new Dictionary<string, string> { ["email"] = "lei@example.com", ["role"] = "cxManager", ["org-unit"] = "east" }, []), output, TextWriter.Null, CancellationToken.None);

        Assert.That(output.ToString(), Does.Match("^http://127\\.0\\.0\\.1:5080/password/[0-9a-z]{32}\\s*$"));
        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT name || ' ' || role FROM access_users")), Is.EqualTo("lei cxManager"));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_mails")), Is.Zero);
    }

    static Request Invite(string role) => new("lei@example.com", "Lei", Server.Features.Access.RoleNames.Parse(role), null, "en", ByMail: false);

    sealed record Mail(string ToAddress, string Subject, string Html, string Text);
}
