using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ReadDataImport;

public sealed class ReadDataImportTests
{
    [Test]
    public async Task The_report_is_told_again_under_its_source_and_no_other()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var report = await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\nacme,x,10,\n");
        var id = report.GetProperty("id").GetString();

        var again = await (await desk.Api.GetAsync($"/api/v1/operational-data/usage/imports/{id}")).Json();

        Assert.That(again.GetRawText(), Is.EqualTo(report.GetRawText()));
        Assert.That(again.GetProperty("share").GetDouble(), Is.EqualTo(1));
        await (await desk.Api.GetAsync($"/api/v1/operational-data/tickets/imports/{id}")).IsProblem(404, "import-not-found");
    }
}
