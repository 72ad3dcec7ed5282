using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ChangeProfile;

public sealed class ChangeProfileTests
{
    [Test]
    public async Task Language_and_colours_hold_at_once_and_on_the_next_device()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Viewer);
        await browser.Open("/profile");

        await browser.Submit("#profile", new { name = "梅", language = "zh-CN", theme = "dark" });

        Assert.That(browser.Page.DocumentElement.GetAttribute("lang"), Is.EqualTo("zh-CN"));
        Assert.That(browser.Page.DocumentElement.GetAttribute("data-theme"), Is.EqualTo("dark"));
        using var next = host.Browser();
        await next.Post((await host.Send(new Cem.Contracts.Access.AskSignInLink("person1@example.com", "", "viewer", null, "en"))).Path);
        await next.Open("/profile");
        Assert.That(next.Page.DocumentElement.GetAttribute("lang"), Is.EqualTo("zh-CN"));
        Assert.That(next.Page.DocumentElement.GetAttribute("data-theme"), Is.EqualTo("dark"));
        Assert.That(next.Page.QuerySelector("#f-name")!.GetAttribute("value"), Is.EqualTo("梅"));
    }

    [Test]
    public async Task What_is_not_right_is_shown_beside_its_field()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Viewer);
        await browser.Open("/profile");

        var page = await browser.Submit("#profile", new { name = "" });

        Assert.That(page.QuerySelector(".field-wrong #f-name"), Is.Not.Null);
    }
}
