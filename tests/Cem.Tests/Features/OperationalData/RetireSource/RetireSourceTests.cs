using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.RetireSource;

public sealed class RetireSourceTests
{
    [Test]
    public async Task A_retired_source_takes_no_files_keeps_its_rows_and_is_taken_up_by_putting_it()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\n");

        await (await desk.Api.PostAsync("/api/v1/operational-data/usage:retire", null)).Json();
        await (await desk.Send(Desk.Usage, "account,week,seats,hours\n")).IsProblem(409, "source-retired");
        Assert.That(desk.Metrics(), Has.Count.EqualTo(2));
        await desk.Put(Desk.Usage, Desk.UsageSource);

        Assert.That(Desk.Counts(await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\n")).Unchanged, Is.EqualTo(1));
    }

    [Test]
    public async Task It_is_retired_from_its_page_too()
    {
        await using var host = await CemHost.Run();
        await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);

        await person.Post("/data/sources/usage/retire");
        using var unknown = await person.Post("/data/sources/nothing/retire");

        Assert.That((int)unknown.StatusCode, Is.EqualTo(404));
        Assert.That(host.Store.Read(reader => reader.Query<string>("SELECT code FROM operational_data_v_sources WHERE retired = 1")), Is.EqualTo(new[] { "usage" }));
    }
}
