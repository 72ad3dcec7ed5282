using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.UploadCustomers;

public sealed class UploadCustomersTests
{
    [Test]
    public async Task A_file_is_taken_behind_the_page_and_its_report_shown()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using var person = await host.SignedIn(Roles.CxManager);

        var sent = await person.Upload("accounts", "externalId,name,orgUnit\na1,One,hq\na2,=cmd|x <b>,nowhere\n");
        var report = sent.Headers.Location!.ToString();
        await person.Open(report);
        var waiting = person.Page.QuerySelector("progress");
        await host.Settle();
        var page = await person.Open(report);

        Assert.That(waiting, Is.Not.Null);
        Assert.That(page.QuerySelector("progress"), Is.Null);
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("2 rows read, 1 refused."));
        Assert.That(page.QuerySelectorAll("tbody td").Select(cell => cell.TextContent), Is.EqualTo(new[] { "3", "orgUnit", "There is no org unit 'nowhere'.", "a2, =cmd|x <b>, nowhere" }));
        Assert.That(Directory.GetFiles(Path.Combine(host.DataFolder, "imports")), Is.Empty);
        var download = await person.Client.GetAsync(page.QuerySelector("a[download]")!.GetAttribute("href"));
        Assert.That(await download.Content.ReadAsStringAsync(), Does.Contain("'=cmd|x <b>"));
        await person.Open("/imports");
        Assert.That(person.Page.QuerySelector("tbody tr")!.TextContent, Does.Contain("customers.csv").And.Contain("done"));
    }

    [Test]
    public async Task A_file_of_other_columns_is_refused_in_words()
    {
        await using var host = await CemHost.Run();
        using var person = await host.SignedIn(Roles.CxManager, language: "zh-CN");

        var sent = await person.Upload("contacts", "externalId,name,orgUnit\n");
        await host.Settle();
        var page = await person.Open(sent.Headers.Location!.ToString());

        Assert.That(page.QuerySelector(".answer")!.TextContent, Does.Contain("没有名为“orgUnit”的列").And.Contain("缺少列“account”"));
    }

    [Test]
    public async Task An_import_that_was_stopped_takes_nothing_more()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using var person = await host.SignedIn(Roles.CxManager);
        var sent = await person.Upload("accounts", "externalId,name,orgUnit\na1,One,hq\n");
        await person.Open(sent.Headers.Location!.ToString());

        await person.Submit("#cancel");
        await host.Settle();

        Assert.That((await api.Got("/api/v1/accounts")).Ids(), Is.Empty);
        Assert.That(Directory.GetFiles(Path.Combine(host.DataFolder, "imports")), Is.Empty);
    }

    [Test]
    public async Task Without_a_file_the_form_says_so()
    {
        await using var host = await CemHost.Run();
        using var person = await host.SignedIn(Roles.CxManager);

        var answer = await person.Upload("accounts", null);

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Choose a file that is not empty."));
    }

    [Test]
    public async Task The_rows_are_taken_in_the_name_of_who_uploaded_and_nobody_else_sees_them()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using var east = await host.SignedIn(Roles.CxManager, "east");
        using var west = await host.SignedIn(Roles.CxManager, "west");
        using var manager = await host.SignedIn(Roles.Manager);

        var sent = await east.Upload("accounts", "externalId,name,orgUnit\na1,One,shanghai\na2,Two,west\n");
        await host.Settle();

        Assert.That((await api.Got("/api/v1/accounts")).Ids(), Is.EqualTo(new[] { "a1" }));
        await west.Open(sent.Headers.Location!.ToString());
        Assert.That((int)west.Answer.StatusCode, Is.EqualTo(404));
        await manager.Open("/imports");
        Assert.That((int)manager.Answer.StatusCode, Is.EqualTo(403));
    }
}
