using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.ReadWorkOrder;

public sealed class ReadWorkOrderTests
{
    [Test]
    public async Task The_page_holds_everything_to_act_on_it()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        await desk.Answer("s1", 3, "It <b>failed</b> again");
        var id = (await desk.Orders()).Single().GetProperty("id").GetString();
        using var manager = await host.SignedIn(Roles.Manager, language: "zh-CN");

        await manager.Open($"/work-orders/{id}");

        var text = manager.Page.Body!.TextContent;
        Assert.That(text, Does.Contain("致电客户。").And.Contain("It <b>failed</b> again").And.Contain("由预警开立").And.Contain("贬损者"));
    }

    [Test]
    public async Task Outside_ones_part_of_the_tree_it_does_not_exist()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var id = await desk.Opened();
        using var elsewhere = await host.SignedIn(Roles.Manager, "west");

        await elsewhere.Open($"/work-orders/{id}");

        Assert.That((int)elsewhere.Answer.StatusCode, Is.EqualTo(404));
    }
}
