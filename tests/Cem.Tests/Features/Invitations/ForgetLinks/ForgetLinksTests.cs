using Cem.Tests.Features.Invitations.SendDue;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Invitations.ForgetLinks;

public sealed class ForgetLinksTests
{
    [TestCase("en", "This link no longer works", "This link no longer works: it is more than a year old")]
    [TestCase("zh-CN", "链接已失效", "此链接已失效：已超过一年")]
    public async Task A_link_is_forgotten_after_four_hundred_days_and_a_late_click_is_told_so(string language, string survey, string unsubscribe)
    {
        await using var host = await CemHost.Run();
        var secret = await Sent(host);
        using var browser = host.Browser();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.Clear();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        await host.Advance(TimeSpan.FromDays(400));
        Assert.That(Links(host), Is.EqualTo(1));
        await browser.Open("/unsubscribe/" + secret);
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(200));

        await host.Advance(TimeSpan.FromHours(6));
        Assert.That(Links(host), Is.Zero);
        await browser.Open("/s/" + secret);
        Assert.That(((int)browser.Answer.StatusCode, browser.Page.QuerySelector("h1")!.TextContent), Is.EqualTo((410, survey)));
        await browser.Open("/unsubscribe/" + secret);
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(410));
        Assert.That(browser.Page.Body!.TextContent, Does.Contain(unsubscribe));
    }

    [Test]
    public async Task A_link_that_somebody_may_still_answer_by_stays_however_old_it_is()
    {
        await using var host = await CemHost.Run();
        await Sent(host);
        await host.Store.Write(tx => tx.Execute("UPDATE invitations_invitations SET expires_at = @Later", new { Later = host.Clock.GetUtcNow().AddDays(1000) }));

        await host.Advance(TimeSpan.FromDays(500));

        Assert.That(Links(host), Is.EqualTo(1));
    }

    static async Task<string> Sent(CemHost host)
    {
        var programme = await SendDueTests.Arrange(host);
        await programme.Report("e1", "acme", "ann");
        await host.Settle();
        return programme.Mails().Single().Secret;
    }

    static int Links(CemHost host) => host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM invitations_links"));
}
