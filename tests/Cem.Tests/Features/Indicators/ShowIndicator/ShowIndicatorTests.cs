using Cem.Kernel.Security;

namespace Cem.Tests.Features.Indicators.ShowIndicator;

public sealed class ShowIndicatorTests
{
    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task The_page_says_where_it_stands_which_way_it_goes_and_what_it_is_made_of(string language)
    {
        await using var shelf = await Shelf.Open(Shelf.With("a", "touchpoint", null, validFrom: "2025-01-01"));
        await shelf.Answers("a", 100, 100, new DateOnly(2025, 11, 20), "shanghai");
        await shelf.Answers("b", 80, 20, new DateOnly(2025, 11, 20), "shanghai");
        await shelf.Answers("a", 190, 10, orgUnit: "shanghai");
        await shelf.Answers("b", 80, 20, orgUnit: "shanghai");
        using var browser = await shelf.Host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/indicators/help");

        var chinese = language == "zh-CN";
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo(chinese ? "“服务”得分 87.5（满分 100）：显著上升 22.5。" : "Help stands at 87.5 of 100: significantly up by 22.5."));
        Assert.That(page.QuerySelectorAll("#trend tbody tr"), Has.Length.EqualTo(14));
        Assert.That(page.QuerySelectorAll("#leaves tbody th a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { "/indicators/a", "/indicators/b" }));
        Assert.That(page.QuerySelector("#leaves tbody td a")!.GetAttribute("href"), Does.StartWith("/responses?period=2025-12-11..2026-03-11&survey=s1"));
        Assert.That(page.QuerySelector("#by tbody th")!.TextContent, Is.EqualTo("shanghai"));
        Assert.That(page.QuerySelector("#trend svg"), Is.Not.Null);
        Assert.That(page.QuerySelector("a[href='/indicators/help/edit']"), Is.Null);
    }

    [Test]
    public async Task A_leaf_without_data_says_so_and_nobody_sees_more_than_their_part()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await shelf.Answers("a", 10, 90, orgUnit: "west");
        using var east = await shelf.Host.SignedIn(Roles.Manager, "east");

        Assert.That((await east.Open("/indicators/c?by=role&period=52w")).QuerySelector(".answer")!.TextContent, Does.Contain("Too little is measured"));
        Assert.That((await east.Open("/indicators/a")).QuerySelector(".answer")!.TextContent, Does.Contain("Too little is measured"));
        Assert.That((await east.Open("/indicators/a?orgUnit=west")).QuerySelector(".answer"), Is.Null);
        Assert.That((await east.Open("/indicators/moon")).QuerySelector(".answer"), Is.Null);
    }
}
