using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ShowImport;

public sealed class ShowImportTests
{
    [Test]
    public async Task An_import_shows_its_progress_and_then_what_became_of_it()
    {
        await using var host = await CemHost.Run();
        await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);
        var sent = await person.Upload(Desk.Usage, "account,week,seats,hours,extra\nacme,2026-03-02,10,1.5,\nnobody,2026-03-02,=1+1<b>,1.5,\n");
        var address = sent.Headers.Location!.ToString();

        var waiting = await person.Open(address);
        var refresh = person.Answer.Headers.GetValues("Refresh").Single();
        await host.Settle();
        var page = await person.Open(address);

        Assert.That(waiting.QuerySelector("progress"), Is.Not.Null);
        Assert.That(refresh, Is.EqualTo("5"));
        Assert.That(page.QuerySelector("progress"), Is.Null);
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("2 rows were read, 1 refused; the others are in force."));
        Assert.That(page.QuerySelectorAll("tbody td").Select(cell => cell.TextContent), Is.EqualTo(new[] { "3", "seats", "A number is needed.", "nobody, 2026-03-02, =1+1<b>, 1.5, " }));
        Assert.That(page.QuerySelector("dl.facts")!.TextContent, Does.Contain("extra"));
        var download = await person.Client.GetAsync(page.QuerySelector("a[download]")!.GetAttribute("href"));
        Assert.That(await download.Content.ReadAsStringAsync(), Does.Contain("'=1+1<b>"));
    }

    [Test]
    public async Task A_file_of_other_columns_is_refused_in_words()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager, language: "zh-CN");
        var sent = await person.Upload(Desk.Usage, "account,seats\nacme,1\n");
        await host.Settle();

        var page = await person.Open(sent.Headers.Location!.ToString());

        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("缺少列“week”。缺少列“hours”。"));
        Assert.That(desk.Metrics(), Is.Empty);
    }

    [Test]
    public async Task Who_is_bound_to_another_part_of_the_tree_does_not_find_it()
    {
        await using var host = await CemHost.Run();
        await Desk.Open(host);
        using var east = await host.SignedIn(Roles.CxManager, "east");
        using var west = await host.SignedIn(Roles.CxManager, "west");
        var sent = await east.Upload(Desk.Usage, "account,week,seats,hours\nbravo,2026-03-02,10,1.5\n");
        await host.Settle();

        await west.Open(sent.Headers.Location!.ToString());
        Assert.That((int)west.Answer.StatusCode, Is.EqualTo(404));
        var page = await east.Open(sent.Headers.Location!.ToString());
        Assert.That(page.QuerySelector("tbody")!.TextContent, Does.Contain("There is no account 'bravo'."));
    }
}
