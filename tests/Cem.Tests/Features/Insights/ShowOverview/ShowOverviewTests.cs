using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ShowOverview;

public sealed class ShowOverviewTests
{
    [Test]
    public async Task The_overview_says_how_it_stands_what_moved_and_what_people_say()
    {
        await using var host = await CemHost.Run();
        await Company.Fill(host);
        using var browser = await host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.Contain("significantly down"));
        Assert.That(page.QuerySelector(".score-large .score-n")!.TextContent, Does.Match("n = [0-9,]+"));
        var moved = page.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.That(moved, Has.Some.Contain("Sync with the OA system"));
        Assert.That(moved, Has.None.Contain("Booking a trip"), "booking has not changed");
        Assert.That(page.QuerySelectorAll("blockquote"), Has.Length.EqualTo(2));
        Assert.That(page.QuerySelector("a[href='/insights/nps?touchpoint=oa-sync']"), Is.Not.Null);
    }
}
