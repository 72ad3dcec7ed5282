using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.NoteOnWorkOrder;

public sealed class NoteOnWorkOrderTests
{
    [Test]
    public async Task A_note_stands_in_the_history_and_nowhere_harmful()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        using var viewer = await host.SignedIn(Roles.Viewer);

        await (await desk.Step(id, "note", new { note = "<script>alert(1)</script> {{name}}" })).Json();
        await viewer.Open($"/work-orders/{id}");

        Assert.That(viewer.Page.QuerySelectorAll("main script"), Is.Empty);
        Assert.That(viewer.Page.Body!.TextContent, Does.Contain("<script>alert(1)</script> {{name}}"));
        Assert.That(viewer.Page.QuerySelectorAll("main form[method=post]"), Is.Empty, "a viewer can read, not act");
    }
}
