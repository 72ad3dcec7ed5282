using System.Net;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ShowImport;

public sealed class ShowImportTests
{
    [Test]
    public async Task A_waiting_file_renews_its_page_and_a_finished_one_does_not()
    {
        await using var host = await CemHost.Run();
        await (await host.WithKey(Scopes.CustomersWrite)).PlantTree();
        using var person = await host.SignedIn(Roles.CxManager);
        var report = (await person.Upload("accounts", "externalId,name,orgUnit\na1,One,hq\n")).Headers.Location!.ToString();

        await person.Open(report);
        Assert.That(person.Answer.Headers.GetValues("Refresh"), Is.EqualTo(new[] { "5" }));
        Assert.That(person.Page.QuerySelector("h1 .pill")!.TextContent, Is.EqualTo("waiting"));
        await host.Settle();
        await person.Open(report);

        Assert.That(person.Answer.Headers.Contains("Refresh"), Is.False);
        Assert.That(person.Page.QuerySelectorAll(".facts dd").Select(figure => figure.TextContent), Is.EqualTo(new[] { "1", "1", "0", "0", "0" }));
        Assert.That(person.Page.QuerySelector("#cancel"), Is.Null);
    }

    [Test]
    public async Task Only_the_first_hundred_refused_rows_are_shown_and_the_page_says_so()
    {
        await using var host = await CemHost.Run();
        await (await host.WithKey(Scopes.CustomersWrite)).PlantTree();
        using var person = await host.SignedIn(Roles.CxManager, language: "zh-CN");
        var rows = string.Concat(Enumerable.Range(0, 120).Select(i => $"a{i},Name,nowhere\n"));
        var report = (await person.Upload("accounts", "externalId,name,orgUnit\n" + rows)).Headers.Location!.ToString();

        await host.Settle();
        var page = await person.Open(report);

        Assert.That(page.QuerySelectorAll("tbody tr"), Has.Length.EqualTo(100));
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("已读取 120 行，拒绝 120 行。"));
        Assert.That(page.QuerySelector("section .muted")!.TextContent, Is.EqualTo("仅显示前一百行，其余请下载文件查看。"));
        Assert.That(page.QuerySelector("tbody td:nth-child(3)")!.TextContent, Does.Contain("nowhere").And.Match(@"[\u4e00-\u9fff]"));
    }

    [Test]
    public async Task Stopping_a_file_that_is_done_changes_nothing()
    {
        await using var host = await CemHost.Run();
        await (await host.WithKey(Scopes.CustomersWrite)).PlantTree();
        using var person = await host.SignedIn(Roles.CxManager);
        var report = (await person.Upload("accounts", "externalId,name,orgUnit\na1,One,hq\n")).Headers.Location!.ToString();
        await host.Settle();

        Assert.That((await person.Post(report + "/cancel")).StatusCode, Is.EqualTo(HttpStatusCode.Found));

        await person.Open(report);
        Assert.That(person.Page.QuerySelector("h1 .pill")!.TextContent, Is.EqualTo("done"));
    }

    [Test]
    public async Task What_is_not_there_or_belongs_to_another_unit_is_not_found()
    {
        await using var host = await CemHost.Run();
        await (await host.WithKey(Scopes.CustomersWrite)).PlantTree();
        using var east = await host.SignedIn(Roles.CxManager, "east");
        using var west = await host.SignedIn(Roles.CxManager, "west");
        var report = (await east.Upload("accounts", "externalId,name,orgUnit\na1,One,shanghai\n")).Headers.Location!.ToString();

        foreach (var address in new[] { report, "/imports/0000000000000" })
        {
            await west.Open(address);
            Assert.That(west.Answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await west.Post(address + "/cancel")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
        Assert.That(host.Store.Read(reader => reader.Single<string>("SELECT state FROM customers_imports")), Is.EqualTo("waiting"));
    }
}
