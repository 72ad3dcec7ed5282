using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.ForgetRejectedRows;

public sealed class ForgetRejectedRowsTests
{
    [Test]
    public async Task Refused_rows_go_after_a_week_and_their_number_stays()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var report = await desk.Import(Desk.Usage, "account,week,seats,hours\nnobody,2026-03-02,10,1.5\n");

        await host.Advance(TimeSpan.FromDays(6));
        Assert.That(Kept(host), Is.EqualTo(1));
        await host.Advance(TimeSpan.FromDays(2));

        Assert.That(Kept(host), Is.Zero);
        Assert.That(Desk.Counts(await (await desk.Api.GetAsync($"/api/v1/operational-data/usage/imports/{report.GetProperty("id").GetString()}")).Json()).Rejected, Is.EqualTo(1));
    }

    static long Kept(CemHost host) => host.Store.Read(reader => reader.Single<long>("SELECT COUNT(*) FROM operational_data_rejections"));
}
