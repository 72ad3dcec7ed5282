using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Reports.ForgetLinks;

public sealed class ForgetLinksTests
{
    [TestCase("en", "This link no longer works: it is more than a year old")]
    [TestCase("zh-CN", "此链接已失效：已超过一年")]
    public async Task Links_older_than_four_hundred_days_are_forgotten_and_a_late_click_is_told_so(string language, string words)
    {
        await using var host = await CemHost.Run();
        var (old, young) = (Secret.New(), Secret.New());
        var now = host.Clock.GetUtcNow();
        await host.Store.Write(tx =>
        {
            foreach (var (secret, age) in new[] { (old, 401), (young, 399) })
                tx.Execute("INSERT INTO reports_links (secret_hash, user_id, made_at) VALUES (@Hash, 1, @At)", new { Hash = Secret.Hash(secret), At = now.AddDays(-age) });
            return true;
        });
        using var browser = host.Browser();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.Clear();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        await host.Settle();

        await browser.Open("/reports/stop/" + young);
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(200));
        await browser.Open("/reports/stop/" + old);
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(410));
        Assert.That(browser.Page.Body!.TextContent, Does.Contain(words));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM reports_links")), Is.EqualTo(1));
    }
}
