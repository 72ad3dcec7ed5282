using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights;

/// <summary>
/// The pages of this area over one company. With CEM_PAGES set to a folder they are written there, to be looked at in a
/// browser.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class InsightPagesTests
{
    CemHost host = null!;

    static readonly string[] Paths = ["/", "/insights/nps", "/insights/coverage", "/?period=52w&orgUnit=shanghai&role=user", "/insights/nps?by=role&touchpoint=oa-sync"];

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await CemHost.Run();
        await Company.Fill(host);
    }

    [OneTimeTearDown]
    public ValueTask Stop() => host.DisposeAsync();

    [Test]
    public async Task Every_page_is_drawn_in_both_languages([ValueSource(nameof(Paths))] string path, [Values(Languages.English, Languages.Chinese)] string language)
    {
        using var browser = await host.SignedIn(Roles.CxManager, language: language);

        var page = await browser.Open(path);

        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(200), page.Body?.TextContent);
        Assert.That(page.QuerySelector(".answer")?.TextContent, Is.Not.Empty);
        Assert.That(page.QuerySelectorAll("script:not([src]),[style],[onclick]"), Is.Empty);
        Assert.That(page.QuerySelectorAll("svg a").Select(link => link.GetAttribute("href")), Has.None.Null);
        await Keep(browser, path, language);
    }

    [Test]
    public async Task A_manager_sees_the_own_branch_and_nothing_of_the_others()
    {
        using var browser = await host.SignedIn(Roles.Manager, "shanghai");

        var overview = await browser.Open("/insights/nps?by=branch");
        Assert.That(overview.QuerySelector("table.table")!.QuerySelectorAll("tbody th").Select(cell => cell.TextContent), Is.EqualTo(new[] { "Shanghai" }));

        var coverage = await browser.Open("/insights/coverage");
        Assert.That(coverage.QuerySelector(".answer")!.TextContent, Does.Contain("of 20 accounts"));

        await browser.Open("/?orgUnit=beijing");
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Silent_accounts_are_named_the_most_valuable_first()
    {
        using var browser = await host.SignedIn(Roles.CxManager);

        var page = await browser.Open("/insights/coverage");

        var silent = page.QuerySelectorAll("a[href^='/accounts/acct-']").Select(link => link.TextContent).ToList();
        Assert.That(silent.Take(3), Is.EqualTo(new[] { "客户 59 Technology", "客户 58 Technology", "客户 57 Technology" }));
        Assert.That(silent, Has.Count.EqualTo(12));
    }

    [Test]
    public async Task An_empty_server_says_what_to_do_next()
    {
        await using var empty = await CemHost.Run();
        using var browser = await empty.SignedIn(Roles.Administrator);
        foreach (var path in new[] { "/", "/insights/nps", "/insights/coverage" })
        {
            var page = await browser.Open(path);

            Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(200));
            Assert.That(page.QuerySelector(".empty a.button"), Is.Not.Null, path);
            await Keep(browser, path + "?empty", Languages.English);
        }
    }

    static async Task Keep(Browser browser, string path, string language)
    {
        if (Environment.GetEnvironmentVariable("CEM_PAGES") is not { Length: > 0 } folder)
            return;
        var name = path.Trim('/').Replace('/', '-').Replace('?', '-').Replace('&', '-').Replace('=', '-');
        await File.WriteAllTextAsync(Path.Combine(folder, $"{(name.Length == 0 ? "overview" : name)}.{language}.html"), await browser.Answer.Content.ReadAsStringAsync());
    }
}
