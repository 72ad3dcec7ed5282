using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.RunImports;

public sealed class RunImportsTests
{
    [Test]
    public async Task Files_are_taken_one_after_the_other_in_the_order_they_came()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using var person = await host.SignedIn(Roles.CxManager);

        await person.Upload("accounts", "externalId,name,orgUnit\na1,First,hq\n");
        await person.Upload("accounts", "externalId,name,orgUnit\na1,Second,hq\n");
        await person.Upload("contacts", "externalId,account,name,role\nc1,a1,Mei,user\n");
        await host.Settle();

        Assert.That((await api.Got("/api/v1/accounts/a1")).GetProperty("name").GetString(), Is.EqualTo("Second"));
        Assert.That((await api.Got("/api/v1/contacts")).Ids(), Is.EqualTo(new[] { "c1" }));
        Assert.That(States(host), Is.EqualTo(new[] { "done 1", "done 1", "done 1" }));
    }

    [Test]
    public async Task A_file_that_waited_or_was_under_way_when_the_server_stopped_is_taken_after_the_start_and_nothing_twice()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using (var person = await host.SignedIn(Roles.CxManager))
            await person.Upload("accounts", "externalId,name,orgUnit\na1,One,hq\na2,Two,nowhere\n");
        await host.Store.Write(tx => tx.Execute("UPDATE customers_imports SET state = 'running'"));

        await host.Restart();
        await host.Settle();
        await host.Settle();

        api = await host.WithKey(Scopes.CustomersWrite);
        Assert.That((await api.Got("/api/v1/accounts")).Ids(), Is.EqualTo(new[] { "a1" }));
        Assert.That(States(host), Is.EqualTo(new[] { "done 2" }));
        Assert.That(host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM customers_import_rejections")), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(Path.Combine(host.DataFolder, "imports")), Is.Empty);
    }

    [Test]
    public async Task A_file_that_is_gone_fails_in_words_and_does_not_hold_up_the_next()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using var person = await host.SignedIn(Roles.CxManager);
        var lost = await person.Upload("accounts", "externalId,name,orgUnit\na1,One,hq\n");
        File.Delete(Directory.GetFiles(Path.Combine(host.DataFolder, "imports")).Single());
        await person.Upload("accounts", "externalId,name,orgUnit\na2,Two,hq\n");

        await host.Settle();
        await person.Open(lost.Headers.Location!.ToString());

        Assert.That(person.Page.QuerySelector(".answer")!.TextContent, Is.EqualTo("The uploaded file is gone. Upload it again."));
        Assert.That(States(host), Is.EqualTo(new[] { "failed 0", "done 1" }));
    }

    static IEnumerable<string> States(CemHost host) =>
        host.Store.Read(reader => reader.Query<string>("SELECT state || ' ' || rows_read FROM customers_imports ORDER BY id"));
}
