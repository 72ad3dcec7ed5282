using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.RunImports;

/// <summary>What a crash leaves behind: the state is put into the database as a process that died in the middle would have left it.</summary>
public sealed class RunImportsTests
{
    const string First = "account,week,seats,hours\nacme,2026-03-02,10,1.5\nacme,2026-03-09,11,1.5\n";
    const string Second = "account,week,seats,hours\nacme,2026-03-02,20,1.5\nbravo,2026-03-02,5,\n";

    [Test]
    public async Task A_file_that_was_under_way_is_taken_again_from_its_beginning()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, First);
        using var person = await host.SignedIn(Roles.CxManager);
        var sent = await person.Upload(Desk.Usage, Second);
        await Cut(host);
        var before = desk.Metrics();

        await host.Settle();

        Assert.That(before, Is.EqualTo(new[] { "acme 20260302 hours 1.5", "acme 20260302 seats 10", "acme 20260309 hours 1.5", "acme 20260309 seats 11" }));
        Assert.That(desk.Metrics(), Is.EqualTo(new[] { "acme 20260302 hours 1.5", "acme 20260302 seats 20", "acme 20260309 hours 1.5", "acme 20260309 seats 11", "bravo 20260302 seats 5" }));
        var page = await person.Open(sent.Headers.Location!.ToString());
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("2 rows were read, and all are in force."));
    }

    [Test]
    public async Task A_stream_that_was_under_way_has_failed_and_left_nothing()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, First);
        var before = desk.Metrics();
        using var person = await host.SignedIn(Roles.CxManager);
        await person.Upload(Desk.Usage, Second);
        await Cut(host);
        await host.Store.Write(tx => tx.Execute("UPDATE operational_data_imports SET origin = 'api' WHERE state = 'running'"));

        await host.Settle();

        Assert.That(desk.Metrics(), Is.EqualTo(before));
        Assert.That(host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM operational_data_rows")), Is.EqualTo(2));
        var listed = await (await desk.Api.GetAsync("/api/v1/operational-data/usage/imports")).Json();
        Assert.That(listed.GetProperty("items")[0].GetProperty("state").GetString(), Is.EqualTo("failed"));
        Assert.That(Desk.Counts(await desk.Import(Desk.Usage, Second)), Is.EqualTo((2, 1, 1, 0, 0)));
    }

    [Test]
    public async Task A_file_that_is_gone_has_failed()
    {
        await using var host = await CemHost.Run();
        await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);
        var sent = await person.Upload(Desk.Usage, First);
        foreach (var file in Directory.GetFiles(Path.Combine(host.DataFolder, "imports")))
            File.Delete(file);

        await host.Settle();

        var page = await person.Open(sent.Headers.Location!.ToString());
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("The uploaded file is gone. Upload it again."));
    }

    /// <summary>The waiting import as it stands after its first chunk: one row corrected, one added, not published.</summary>
    static Task Cut(CemHost host) => host.Store.Write(tx =>
    {
        var import = tx.Single<long>("SELECT id FROM operational_data_imports WHERE state = 'waiting'");
        var first = tx.NewId();
        tx.Execute("UPDATE operational_data_imports SET state = 'running', open = 1, first_id = @First, rows_read = 2, rows_created = 1, rows_changed = 1 WHERE id = @Import", new { First = first, Import = import });
        tx.Execute("UPDATE operational_data_rows SET replaced_by = @Import WHERE key = 'acme|2026-03-02'", new { Import = import });
        foreach (var (key, numbers) in new[] { ("acme|2026-03-02", "[20,1.5]"), ("bravo|2026-03-02", "[5]") })
            tx.Execute("""
                INSERT INTO operational_data_rows (id, source_id, key, account_id, org_unit_id, day, numbers, attributes, import_id, received_at)
                SELECT @Id, s.id, @Key, a.id, a.org_unit_id, 20260302, @Numbers, '{}', @Import, 0
                FROM operational_data_sources s JOIN customers_accounts a ON a.external_id = @Account WHERE s.code = 'usage'
                """, new { Id = tx.NewId(), Key = key, Numbers = numbers, Import = import, Account = key.Split('|')[0] });
    });
}
