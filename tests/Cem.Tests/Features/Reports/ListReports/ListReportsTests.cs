using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Reports.ListReports;

public sealed class ListReportsTests
{
    [Test]
    public async Task The_newest_week_comes_first_page_by_page()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Run(new { week = "2026-W08" });
        await room.Run(new { week = "2026-W10" });
        await room.Run(new { week = "2026-W10", orgUnit = "north" });
        await room.Run(new { week = "2026-W09" });

        var first = await room.Api.Got("/api/v1/reports?limit=2");
        var second = await room.Api.Got($"/api/v1/reports?limit=2&cursor={first.GetProperty("next").GetString()}");

        Assert.That(first.Ids("week"), Is.EqualTo(new[] { "2026-W10", "2026-W10" }));
        Assert.That(first.Ids("orgUnit"), Is.EqualTo(new[] { null, "north" }));
        Assert.That(second.Ids("week"), Is.EqualTo(new[] { "2026-W09", "2026-W08" }));
        Assert.That((await room.Api.Got("/api/v1/reports?week=2026-W09")).Ids("to"), Is.EqualTo(new[] { "2026-03-01" }));
    }

    [Test]
    public async Task People_see_the_reports_of_their_own_part_of_the_tree()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Run();
        await room.Run(new { orgUnit = "harbour" });
        await room.Run(new { orgUnit = "valley" });
        var north = await host.WithBoundKey("north", Scopes.InsightsRead);
        using var viewer = await host.SignedIn(Roles.Viewer, "north");

        Assert.That((await north.Got("/api/v1/reports")).Ids("orgUnit"), Is.EqualTo(new[] { "harbour" }));
        var page = await viewer.Open("/reports");
        Assert.That(page.QuerySelectorAll("tbody tr").Select(row => row.Children[1].TextContent), Is.EqualTo(new[] { "Harbour" }));
        Assert.That(page.QuerySelectorAll("select[name='orgUnit'] option").Select(option => option.TextContent.Trim()), Has.No.Member("Valley"));
    }

    [Test]
    public async Task The_page_shows_each_report_once_in_the_readers_language_where_there_is_one()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Run(new { language = Languages.English });
        await room.Run(new { language = Languages.Chinese });
        await room.Run(new { orgUnit = "south", language = Languages.Chinese });
        using var reader = await host.SignedIn(Roles.CxManager);

        var page = await reader.Open("/reports");

        Assert.That(page.QuerySelectorAll("tbody tr").Select(row => $"{row.Children[1].TextContent}: {row.Children[2].TextContent}"),
            Is.EqualTo(new[] { "Whole company: no answers", "South: 暂无答卷" }));
    }

    [Test]
    public async Task An_empty_archive_says_when_the_first_report_comes()
    {
        await using var host = await CemHost.Run();
        using var agent = await host.SignedIn(Roles.Agent);

        var page = await agent.Open("/reports");

        Assert.That(page.QuerySelector(".empty")!.TextContent, Does.Contain("next Monday"));
        Assert.That(page.QuerySelector("form[action='/reports/mail']"), Is.Null);
    }
}
