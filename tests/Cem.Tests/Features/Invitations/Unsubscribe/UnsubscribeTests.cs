using System.Net;
using Cem.Tests.Features.Invitations.SendDue;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.Unsubscribe;

public sealed class UnsubscribeTests
{
    [Test]
    public async Task Opening_the_page_changes_nothing_and_its_button_unsubscribes()
    {
        await using var host = await CemHost.Run();
        var (programme, path) = await Sent(host);
        using var browser = host.Browser();

        await browser.Open(path);
        Assert.That(Count(host), Is.Zero);
        await browser.Submit("form[action*=unsubscribe]");

        Assert.That(Count(host), Is.EqualTo(1));
        Assert.That(browser.Page.QuerySelector("form[action$=undo]"), Is.Not.Null);
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_facts WHERE name = 'ContactUnsubscribed'")), Is.EqualTo(1));
        await programme.Rules(touchpointDays: 0);
        await programme.Report("e2", "acme", "ann");
        Assert.That(await programme.Fates("e2"), Is.EqualTo((string[])["ann suppressed unsubscribed"]));
    }

    [Test]
    public async Task One_click_in_the_mail_program_unsubscribes_without_a_redirect_and_only_once()
    {
        await using var host = await CemHost.Run();
        var (_, path) = await Sent(host);
        using var client = host.Anonymous();

        for (var i = 0; i < 2; i++)
            Assert.That((await client.PostAsync(path, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]))).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(Count(host), Is.EqualTo(1));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM kernel_facts WHERE name = 'ContactUnsubscribed'")), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_unsubscribed_by_mistake_can_take_it_back()
    {
        await using var host = await CemHost.Run();
        var (_, path) = await Sent(host);
        using var browser = host.Browser();
        await browser.Open(path);
        await browser.Submit("form[action*=unsubscribe]");

        await browser.Submit("form[action$=undo]");

        Assert.That(Count(host), Is.Zero);
    }

    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task The_page_speaks_the_contacts_language(string language)
    {
        await using var host = await CemHost.Run();
        var (_, path) = await Sent(host, language);
        using var browser = host.Browser();

        Snapshot.Matches((await browser.Open(path)).QuerySelector("main")!.OuterHtml, "html", language);
    }

    [Test]
    public async Task An_unknown_link_is_not_found()
    {
        await using var host = await CemHost.Run();
        using var client = host.Anonymous();

        Assert.That((await client.GetAsync("/unsubscribe/nobody")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await client.PostAsync("/unsubscribe/nobody", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    static async Task<(Programme, string Path)> Sent(CemHost host, string language = "en")
    {
        var programme = await SendDueTests.Arrange(host);
        await programme.Contact("ann", "acme", language: language);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        return (programme, "/unsubscribe/" + programme.Mails().Single().Secret);
    }

    static int Count(CemHost host) => host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM invitations_unsubscribed"));
}
