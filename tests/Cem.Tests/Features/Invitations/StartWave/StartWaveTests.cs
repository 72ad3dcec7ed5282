using System.Net;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.StartWave;

public sealed class StartWaveTests
{
    [TestCase(Languages.English)]
    [TestCase(Languages.Chinese)]
    public async Task The_preview_says_how_many_would_be_asked_and_why_others_would_not(string language)
    {
        await using var host = await CemHost.Run();
        await Arrange(host);
        using var browser = await host.SignedIn(Roles.CxManager, language: language);
        await browser.Open("/surveys/waves/new");

        await browser.Submit("form[method=get].form", new { survey = "relation" });

        Snapshot.Matches(browser.Page.QuerySelector("section")!.QuerySelector(".answer")!.OuterHtml + "\n" + browser.Page.QuerySelector("section table")!.OuterHtml, "html", language);
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM invitations_waves")), Is.Zero);
    }

    [Test]
    public async Task What_was_previewed_is_what_happens()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        using var browser = await host.SignedIn(Roles.CxManager);
        await browser.Open("/surveys/waves/new?survey=relation&roles=decisionMaker&roles=user&orgUnit=east");

        await browser.Submit("section form");
        await host.Settle();

        Assert.That(browser.Address, Does.StartWith("/surveys/waves?done=started"));
        Assert.That(programme.Mails().Select(mail => mail.ToAddress), Is.EqualTo((string[])["boss@example.com", "u1@example.com", "u2@example.com"]));
        await browser.Open("/surveys/waves");
        Assert.That(browser.Page.QuerySelectorAll("tbody td.num").Take(2).Select(cell => cell.TextContent), Is.EqualTo((string[])["3", "2"]));
    }

    [Test]
    public async Task Only_a_published_relationship_survey_makes_a_wave()
    {
        await using var host = await CemHost.Run();
        var programme = await Arrange(host);
        await programme.Survey("touch");
        await programme.Survey("draft", "relationship", published: false);
        using var browser = await host.SignedIn(Roles.CxManager);

        foreach (var survey in (string[])["touch", "draft", "none"])
            Assert.That((await browser.Post("/surveys/waves", ("survey", survey), ("roles", "user"), ("orgUnit", ""))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await browser.Post("/surveys/waves", ("survey", "relation"), ("orgUnit", ""))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await browser.Post("/surveys/waves", ("survey", "relation"), ("roles", "king"), ("orgUnit", ""))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task A_manager_starts_no_wave()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Manager);

        Assert.That((await browser.Post("/surveys/waves", ("survey", "relation"), ("roles", "user"), ("orgUnit", ""))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    internal static async Task<Programme> Arrange(CemHost host)
    {
        var programme = await Programme.Start(host);
        await programme.Account("acme");
        foreach (var user in (string[])["u1", "u2", "u3"])
            await programme.Contact(user, "acme");
        await programme.Contact("silent", "acme", "decisionMaker", consent: false);
        await programme.Contact("boss", "acme", "decisionMaker");
        await programme.Account("bravo", "west");
        await programme.Contact("west", "bravo");
        await programme.Survey("relation", "relationship");
        return programme;
    }
}
