using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.AnswerSurvey;

public sealed class FirstPageTests
{
    [Test]
    public async Task The_page_that_is_drawn_once_carries_each_links_own_words()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var first = await collection.Invite();
        var second = await collection.Invite("c2");
        using var client = host.Anonymous();

        var pages = new[] { await client.GetStringAsync("/s/" + first), await client.GetStringAsync("/s/" + second), await client.GetStringAsync("/s/" + first) };

        string[] secrets = [first, second, first];
        foreach (var (page, secret) in pages.Zip(secrets))
        {
            Assert.That(page, Does.Contain($"/unsubscribe/{secret}?lang=en").And.Contain(Token(host, secret)));
            Assert.That(page, Does.Not.Match("mark[0-9a-f]{32}"));
        }
        Assert.That(pages[1], Does.Not.Contain(first).And.Not.Contain(Token(host, first)));
        Assert.That(pages.Select(Nonce), Is.Unique);
        Assert.That(Bare(pages[1], second), Is.EqualTo(Bare(pages[0], first)));

        string Bare(string page, string secret) => page.Replace(secret, "", StringComparison.Ordinal).Replace(Token(host, secret), "", StringComparison.Ordinal).Replace(Nonce(page), "", StringComparison.Ordinal);
        static string Nonce(string page) => page.Split("nonce=\"")[1].Split('"')[0];
    }

    [Test]
    public async Task The_page_that_is_drawn_once_follows_the_company_the_touchpoint_the_version_and_the_day()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var secret = await collection.Invite();
        using var browser = new Browser(host);
        await browser.Open("/s/" + secret);
        var before = browser.Page.Body!.TextContent;

        var company = (CompanyProfile)host.Services.GetService(typeof(CompanyProfile))!;
        company.Set(new("Renamed & Sons", "改名公司", "#123456"));
        await host.Store.Write(tx => tx.Execute("UPDATE journeys_touchpoints SET name_en = 'A <new> name' WHERE code = 'support'"));
        await browser.Open("/s/" + secret);
        var after = browser.Page.Body!.TextContent;
        await browser.Open($"/s/{secret}?lang=zh-CN");
        var chinese = browser.Page.Body!.TextContent;
        host.Clock.Advance(TimeSpan.FromDays(1));
        await collection.Survey("support", Collection.Support.Replace("How satisfied are you?", "How pleased are you?", StringComparison.Ordinal));
        await browser.Open("/s/" + await collection.Invite("c2"));

        Assert.That(before, Does.Not.Contain("Renamed"));
        Assert.That(after, Does.Contain("Renamed & Sons").And.Contain("A <new> name").And.Contain("10 Apr 2026"));
        Assert.That(chinese, Does.Contain("改名公司").And.Contain("您满意吗？"));
        Assert.That(browser.Page.Body!.TextContent, Does.Contain("How pleased are you?").And.Contain("11 Apr 2026"));
    }

    static string Token(CemHost host, string secret) => ((FormTokens)host.Services.GetService(typeof(FormTokens))!).For("survey:" + Secret.Hash(secret));
}
