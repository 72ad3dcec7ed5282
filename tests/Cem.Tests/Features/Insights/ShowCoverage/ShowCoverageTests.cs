using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ShowCoverage;

public sealed class ShowCoverageTests
{
    [Test]
    public async Task The_page_says_who_was_heard_and_names_the_silent_by_what_they_are_worth()
    {
        await using var host = await CemHost.Run();
        await SmallCompany.Plant(host);
        using var browser = await host.SignedIn(Roles.CxManager);

        var page = await browser.Open("/insights/coverage");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.Contain("2 of 3 accounts"));
        Assert.That(page.QuerySelectorAll("a[href^='/accounts/']").Select(link => link.TextContent), Is.EqualTo(new[] { "Account a2" }));
        Assert.That(page.QuerySelectorAll("section")[0].QuerySelectorAll("tbody th").Select(cell => cell.TextContent), Is.EqualTo(new[] { "east", "west" }));
        Assert.That(page.QuerySelectorAll("select").Select(select => select.GetAttribute("name")), Is.EqualTo(new[] { "period", "orgUnit" }), "coverage does not divide by what answers divide by");
    }

    [Test]
    public async Task A_manager_sees_the_own_branch_only_and_in_the_own_language()
    {
        await using var host = await CemHost.Run();
        await SmallCompany.Plant(host);
        using var browser = await host.SignedIn(Roles.Manager, "west", "zh-CN");

        var page = await browser.Open("/insights/coverage");

        Assert.That(page.DocumentElement.GetAttribute("lang"), Is.EqualTo("zh-CN"));
        Assert.That(page.QuerySelectorAll("a[href^='/accounts/']"), Is.Empty);
        Assert.That(page.Body!.TextContent, Does.Not.Contain("Account a"));
        await browser.Open("/insights/coverage?orgUnit=east");
        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(404));
    }
}
