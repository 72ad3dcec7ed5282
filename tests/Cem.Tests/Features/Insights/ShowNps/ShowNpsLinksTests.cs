using AngleSharp.Dom;
using Cem.Kernel.Security;
using Cem.Tests.Features.Responses;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ShowNps;

/// <summary>Every number is a link to what it is made of: as many answers stand there as were counted here.</summary>
public sealed class ShowNpsLinksTests
{
    [TestCase("/insights/nps?by=role")]
    [TestCase("/insights/nps?by=touchpoint")]
    [TestCase("/insights/nps?by=channel")]
    [TestCase("/insights/nps?by=survey&role=user")]
    [TestCase("/insights/nps?by=role&period=52w&orgUnit=east")]
    public async Task A_row_leads_to_its_answers_and_their_number_is_the_same(string path)
    {
        await using var host = await CemHost.Run();
        await Answers(host);
        using var browser = await host.SignedIn(Roles.Viewer);
        var rows = (await browser.Open(path)).QuerySelectorAll("table.table")[0].QuerySelectorAll("tbody tr").Select(row => row.QuerySelectorAll("td a:not(.score-cell a)")).ToList();
        Assert.That(rows, Is.Not.Empty);

        foreach (var row in rows)
        {
            var n = int.Parse(row[0].TextContent, System.Globalization.CultureInfo.InvariantCulture);
            Assert.That(await Listed(browser, row[0]), Is.EqualTo(n), row[0].GetAttribute("href"));
            foreach (var band in row.Skip(1))
                Assert.That(await Listed(browser, band) / (double)n, Is.EqualTo(double.Parse(band.TextContent.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture) / 100).Within(.006), band.GetAttribute("href"));
        }
    }

    [TestCase("/insights/nps")]
    [TestCase("/")]
    public async Task A_point_of_the_trend_leads_to_the_answers_of_its_days(string path)
    {
        await using var host = await CemHost.Run();
        await Answers(host);
        using var browser = await host.SignedIn(Roles.Viewer);
        var page = await browser.Open(path);
        var points = page.QuerySelectorAll("svg a[href*='..']").Select(point => point.GetAttribute("href")!).Distinct().ToList();
        Assert.That(points, Is.Not.Empty);

        var counted = 0;
        foreach (var point in points)
            counted += (await browser.Open(point)).QuerySelectorAll("table.table tbody tr").Length;

        Assert.That(counted, Is.EqualTo(7), "each answer of the NPS question once, what an interested party recorded left out");
    }

    static async Task Answers(CemHost host)
    {
        var collection = await Collection.Start(host);
        await collection.Submitted("s1", new { help = 2, nps = 3, nps_reason = "slow" });
        await collection.Submitted("s2", new { help = 5, nps = 9 }, ("account", "a2"), ("contact", "c2"));
        await collection.Submitted("s3", new { help = 5, nps = 7 }, ("touchpoint", "booking"));
        await collection.Submitted("s4", new { help = 5, nps = 10 }, ("touchpoint", "booking"), ("channel", "phone"));
        await collection.Submitted("s5", new { help = 5, nps = 8 }, ("completedAt", "2026-02-27T09:30:00+08:00"));
        await collection.Submitted("s6", new { help = 4, nps = 2 }, ("account", "a2"), ("contact", "c2"), ("completedAt", "2026-02-03T09:30:00+08:00"));
        await collection.Submitted("s7", new { help = 1, nps = 0 }, ("channel", "phone"));
        await host.Add([new ScoredAnswer(10) { Interested = true }]);
        await host.Settle();
    }

    static async Task<int> Listed(Browser browser, IElement link) => (await browser.Open(link.GetAttribute("href")!)).QuerySelectorAll("table.table tbody tr").Length;
}
