using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.OperationalData.CancelImport;

public sealed class CancelImportTests
{
    [Test]
    public async Task An_import_that_waits_is_stopped_and_its_file_goes()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        using var person = await host.SignedIn(Roles.CxManager);
        var sent = await person.Upload(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\n");
        await person.Open(sent.Headers.Location!.ToString());

        var page = await person.Submit("#cancel");
        await host.Settle();

        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("The import was stopped; nothing of it was taken."));
        Assert.That(desk.Metrics(), Is.Empty);
        Assert.That(Directory.GetFiles(Path.Combine(host.DataFolder, "imports")), Is.Empty);
    }

    [Test]
    public async Task An_import_that_has_ended_stays_as_it_is()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        var report = await desk.Import(Desk.Usage, "account,week,seats,hours\nacme,2026-03-02,10,1.5\n");

        var answer = await (await desk.Api.PostAsync($"/api/v1/operational-data/usage/imports/{report.GetProperty("id").GetString()}:cancel", null)).Json();

        Assert.That(answer.GetProperty("state").GetString(), Is.EqualTo("done"));
        Assert.That(desk.Metrics(), Has.Count.EqualTo(2));
    }
}
