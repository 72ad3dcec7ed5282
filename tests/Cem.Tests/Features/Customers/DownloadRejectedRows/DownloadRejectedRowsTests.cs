using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.DownloadRejectedRows;

public sealed class DownloadRejectedRowsTests
{
    [Test]
    public async Task Refused_rows_come_back_harmless_and_can_be_sent_again_once_mended()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var report = await api.Import("accounts", "externalId,name,orgUnit\na1,\"=cmd|' /C calc'!A0, \"\"x\"\"\",nowhere\na2,Fine,hq\n");

        var answer = await api.GetAsync(report.GetProperty("rejectedRows").GetString());
        var csv = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        var again = await api.Import("accounts", csv.Replace("nowhere", "hq", StringComparison.Ordinal));

        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/csv; charset=utf-8"));
        Assert.That(answer.Content.Headers.ContentDisposition?.DispositionType, Is.EqualTo("attachment"));
        Assert.That(csv, Is.EqualTo("\uFEFFline,field,reason,externalId,name,orgUnit\r\n2,orgUnit,There is no org unit 'nowhere'.,a1,\"'=cmd|' /C calc'!A0, \"\"x\"\"\",nowhere\r\n"));
        Assert.That(again.Counts(), Is.EqualTo((1, 1, 0, 0, 0)), again.GetRawText());
        Assert.That((await api.Got("/api/v1/accounts/a1")).GetProperty("name").GetString(), Is.EqualTo("=cmd|' /C calc'!A0, \"x\""));
    }

    [Test]
    public async Task Rows_of_others_cannot_be_had()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var report = await api.Import("accounts", "externalId,name,orgUnit\na1,,hq\n");
        var bound = await host.WithBoundKey("east", Scopes.CustomersWrite);

        await (await bound.GetAsync(report.GetProperty("rejectedRows").GetString())).IsProblem(404, "import-not-found");
    }
}
