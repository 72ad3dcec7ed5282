using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Reports.EraseContact;

public sealed class EraseContactTests
{
    [Test]
    public async Task The_words_of_an_erased_person_go_from_every_form_of_the_report_and_the_others_stay()
    {
        await using var host = await CemHost.Run();
        var room = await Newsroom.Open(host);
        await room.Api.PutContact("wu", "acme");
        await room.Comment("c1", 2, "Call me <now> & \"fix\" it");
        await room.Comment("c2", 3, "Slow every Monday", contact: "wu");
        await host.Settle();
        var id = (await room.Run()).GetProperty("id").GetString();

        using var erased = await room.Api.DeleteAsync("/api/v1/contacts/lin");
        await host.Settle();

        var kept = host.Store.Read(reader => reader.Single<string>("SELECT model || html || text FROM reports_reports"));
        Assert.That(kept, Does.Not.Contain("Call me").And.Not.Contain("fix"));
        Assert.That(kept, Does.Contain("Slow every Monday"));
        using var viewer = await host.SignedIn(Roles.Viewer);
        var page = await viewer.Open($"/reports/{id}");
        Assert.That(page.Body!.TextContent, Does.Contain("Removed at the person's request.").And.Contain("Slow every Monday"));
    }
}
