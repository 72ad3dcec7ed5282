using Cem.Kernel.Security;

namespace Cem.Tests.Features.Indicators.ShowIndicators;

public sealed class ShowIndicatorsTests
{
    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task The_page_says_where_we_stand_what_moved_it_and_where_it_is_not_measured(string language)
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "definition", """{"en": "How <fast> we are", "zh-CN": "有多快"}"""));
        await shelf.Answers("a", 100, 100, new DateOnly(2025, 11, 20));
        await shelf.Answers("b", 80, 20, new DateOnly(2025, 11, 20));
        await shelf.Answers("a", 190, 10);
        await shelf.Answers("b", 80, 20);
        using var browser = await shelf.Host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/indicators");

        var chinese = language == "zh-CN";
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo(chinese
            ? "指标树得分 87.5（满分 100），按权重已测 75%：显著上升 22.5，主要来自“速度”。"
            : "The tree stands at 87.5 of 100, with 75% of its weight measured: significantly up by 22.5, most of all through Speed."));
        Assert.That(page.QuerySelectorAll("#tree tbody tr"), Has.Length.EqualTo(6));
        Assert.That(page.QuerySelector("#moved tbody th")!.TextContent, Is.EqualTo(chinese ? "速度" : "Speed"));
        Assert.That(page.QuerySelector("#gaps tbody th")!.TextContent, Is.EqualTo(chinese ? "同步" : "Sync"));
        Assert.That(page.QuerySelector("nav a[href^='/indicators']"), Is.Not.Null);
    }

    [Test]
    public async Task Without_a_library_the_page_says_what_to_do()
    {
        await using var shelf = await Shelf.Open();
        using var browser = await shelf.Host.SignedIn(Roles.Manager, "east");

        Assert.That((await browser.Open("/indicators?period=nonsense")).QuerySelector("main")!.TextContent, Does.Contain("No indicators yet"));
    }
}
