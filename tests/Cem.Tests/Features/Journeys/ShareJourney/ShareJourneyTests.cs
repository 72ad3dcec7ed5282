using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.ShareJourney;

public sealed class ShareJourneyTests
{
    [Test]
    public async Task A_link_is_shown_once_listed_and_ended()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await browser.Open("/journeys/care/shares");
        var page = await browser.Submit("#share", new { days = "7" });
        var link = page.QuerySelector("#link")!.TextContent;

        Assert.That(link, Does.Match("/journeys/shared/[0-9a-z]{32}$"));
        page = await browser.Open("/journeys/care/shares");
        Assert.That(page.QuerySelector("#links tbody")!.TextContent, Does.Contain("Viewer").And.Contain("valid").And.Contain("Person 1"));
        Assert.That(page.Body!.TextContent, Does.Not.Contain(link[^32..]), "the secret is shown again");
        await browser.Submit("#links form");
        Assert.That(browser.Page.QuerySelector("#links tbody")!.TextContent, Does.Contain("ended"));
        Assert.That((int)(await atlas.Host.Anonymous().GetAsync(new Uri(link).PathAndQuery)).StatusCode, Is.EqualTo(404));
        await atlas.Host.Settle();
        Assert.That(atlas.Host.Store.Read(reader => reader.Query<string>("SELECT action FROM access_audit WHERE action LIKE 'journey.share%' ORDER BY id")), Is.EqualTo(new[] { "journey.shared", "journey.share-ended" }));
    }

    [TestCase("guest@example.com", "en", "Person 1 shares the journey “Care” with you")]
    [TestCase("guest@example.com", "zh-CN", "Person 1 与您分享客户旅程")]
    [TestCase("PERSON2@example.com", "zh-CN", "Person 1 shares the journey “Care” with you")]
    public async Task A_link_leaves_by_mail_in_the_language_of_its_reader(string email, string language, string subject)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);
        using var colleague = await atlas.Host.SignedIn(Roles.Viewer);

        await browser.Open("/journeys/care/shares");
        var page = await browser.Submit("#share", new { days = "7", role = "editor", email, language });

        var link = page.QuerySelector("#link")!.TextContent;
        Assert.That(page.Body!.TextContent, Does.Contain($"on its way to {email}"));
        var mail = atlas.Host.Store.Read(reader => reader.Single<MailRow>("SELECT to_address, subject, html, text FROM kernel_mails"));
        Assert.That(mail.ToAddress, Is.EqualTo(email));
        Assert.That(mail.Subject, Does.StartWith(subject));
        Assert.That(mail.Html, Does.Contain($"href=\"{link}\""));
        Assert.That(mail.Text, Does.Contain(link));
    }

    [Test]
    public async Task No_link_is_made_for_an_address_that_is_none()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await browser.Open("/journeys/care/shares");
        var page = await browser.Submit("#share", new { email = "nobody" });

        Assert.That(page.QuerySelector(".field-wrong #f-email")!.GetAttribute("value"), Is.EqualTo("nobody"));
        Assert.That(atlas.Host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM journeys_shares")), Is.Zero);
    }

    [TestCase("owner", "30", "#f-role-error")]
    [TestCase("viewer", "3650", "#f-days-error")]
    public async Task A_role_or_a_time_that_is_not_offered_is_refused(string role, string days, string at)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await browser.Open("/journeys/care/shares");
        var page = await browser.Submit("#share", new { role, days });

        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(page.QuerySelector(at), Is.Not.Null);
    }

    [Test]
    public async Task Only_the_programme_shares_and_only_links_of_the_journey_are_ended()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("other")).Json();
        using var manager = await atlas.Host.SignedIn(Roles.Manager);
        using var cx = await atlas.Host.SignedIn(Roles.CxManager);
        await cx.Open("/journeys/care/shares");
        await cx.Submit("#share");
        var id = atlas.Host.Store.Read(reader => reader.Single<long>("SELECT id FROM journeys_shares"));

        Assert.That((int)(await manager.Client.GetAsync("/journeys/care/shares")).StatusCode, Is.EqualTo(403));
        Assert.That((int)(await manager.Post("/journeys/care/shares", ("role", "viewer"), ("days", "7"))).StatusCode, Is.EqualTo(403));
        Assert.That((int)(await cx.Post($"/journeys/other/shares/{new Id(id)}/end")).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await cx.Post($"/journeys/care/shares/{new Id(id)}/end")).StatusCode, Is.EqualTo(302));
    }

    sealed record MailRow(string ToAddress, string Subject, string Html, string Text);
}
