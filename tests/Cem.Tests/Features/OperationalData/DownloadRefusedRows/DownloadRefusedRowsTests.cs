using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.DownloadRefusedRows;

public sealed class DownloadRefusedRowsTests
{
    [Test]
    public async Task Refused_rows_come_back_as_they_stood_safe_for_spreadsheets_and_can_be_sent_again_when_mended()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var report = await desk.Import("tickets", "ticket,account,contact,touchpoint,category,closed,minutes\nt1,nobody,,,=cmd|x,2026-03-10T00:00:00Z,-5\nt2,acme,,,,2026-03-10T00:00:00Z,1\n");

        using var answer = await desk.Api.GetAsync(report.GetProperty("rejectedRows").GetString());
        var csv = await answer.Content.ReadAsStringAsync();
        var mended = await desk.Import("tickets", csv.Replace("nobody", "acme", StringComparison.Ordinal));

        Assert.That(answer.Content.Headers.ContentDisposition?.FileName, Does.StartWith("rejected-tickets-"));
        Assert.That(csv.TrimStart('\uFEFF').ReplaceLineEndings("\n"), Is.EqualTo(
            "line,field,reason,ticket,account,contact,touchpoint,category,closed,minutes\n2,account,There is no account 'nobody'.,t1,nobody,,,'=cmd|x,2026-03-10T00:00:00Z,'-5\n"));
        Assert.That(Desk.Counts(mended), Is.EqualTo((1, 1, 0, 0, 0)), mended.GetRawText());
        Assert.That(desk.Metrics(), Does.Contain("acme 20260310 first-reply -5"));
        Assert.That(desk.Events()[0], Does.Contain("=cmd|x"));
    }
}
