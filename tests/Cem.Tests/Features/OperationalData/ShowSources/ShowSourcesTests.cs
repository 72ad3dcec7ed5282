using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ShowSources;

public sealed class ShowSourcesTests
{
    [Test]
    public async Task Sources_stand_with_their_last_import_and_what_is_stale_is_said()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\nx,2026-03-02,10,1.5\n");
        using var person = await host.SignedIn(Roles.CxManager);

        var page = await person.Open("/data");
        var lines = page.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("th, td").Select(cell => cell.TextContent.Trim()))).ToList();
        await host.Advance(TimeSpan.FromDays(40));
        using var later = await host.SignedIn(Roles.CxManager);
        var stale = await later.Open("/data");

        Assert.That(lines[0], Does.StartWith("Tickets tickets|Events|7|nothing yet"));
        Assert.That(lines[1], Does.StartWith("Usage usage|Metrics|4|").And.EndsWith("|done|2|1"));
        Assert.That(page.QuerySelector(".answer"), Is.Null);
        Assert.That(stale.QuerySelector(".answer")!.TextContent, Is.EqualTo("Nothing new for more than five weeks from: Usage."));
    }

    [Test]
    public async Task Without_a_source_the_page_says_what_to_do()
    {
        await using var host = await CemHost.Run();
        using var person = await host.SignedIn(Roles.CxManager);

        var page = await person.Open("/data");

        Assert.That(page.QuerySelector(".empty a")!.GetAttribute("href"), Is.EqualTo("/data/sources/new"));
    }
}
