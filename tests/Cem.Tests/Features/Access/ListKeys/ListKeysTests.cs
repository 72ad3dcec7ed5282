using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access.ListKeys;

public sealed class ListKeysTests
{
    [Test]
    public async Task Keys_are_listed_with_what_they_may_do_and_when_they_were_used()
    {
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.Administrator);
        await browser.Open("/settings/keys");
        Assert.That(browser.Page.Body!.TextContent, Does.Contain("No keys yet"));

        var api = await host.WithKey(Scopes.InsightsRead, Scopes.CustomersWrite);
        await api.GetAsync("/api/v1/org-units");
        await host.Advance(TimeSpan.FromHours(2));
        await browser.Open("/settings/keys");

        var cells = browser.Page.QuerySelectorAll("#keys tbody tr").Single().Children.Select(cell => cell.TextContent.Trim()).ToList();
        Assert.That(cells.Take(3), Is.EqualTo(new[] { "test", "insights:read, customers:write", "Whole company" }));
        Assert.That(cells[3], Does.Contain("2").And.Contain("ago"));
        Assert.That(cells[4], Is.EqualTo("never"));
    }

    [Test]
    public async Task The_command_line_lists_every_key_in_a_line()
    {
        await using var host = await CemHost.Run();
        var kept = await host.Send(new Server.Features.Access.CreateKey.Request("CRM", [Scopes.Admin]));
        var gone = await host.Send(new Server.Features.Access.CreateKey.Request("old", [Scopes.InsightsRead, Scopes.EventsWrite], ExpiresAt: CemHost.Start.AddDays(1)));
        host.Clock.Advance(TimeSpan.FromDays(1));
        using var output = new StringWriter();

        await CommandLine.RunVerb(host.Services, new("keys list", new Dictionary<string, string>(), []), output, TextWriter.Null, CancellationToken.None);

        Assert.That(output.ToString().ReplaceLineEndings("\n"), Is.EqualTo($"{gone.Id}\told\tinsights:read,events:write\tnever\texpired\n{kept.Id}\tCRM\tadmin\tnever\tactive\n"));
    }

    [Test]
    public async Task An_administrator_of_a_region_sees_its_keys_only()
    {
        await using var host = await CemHost.Run();
        await Branches.Put(host);
        await host.Send(new Server.Features.Access.CreateKey.Request("inside", [Scopes.Admin], "shanghai"));
        await host.Send(new Server.Features.Access.CreateKey.Request("outside", [Scopes.Admin], "north"));
        using var browser = await host.SignedIn(Roles.Administrator, "east");

        await browser.Open("/settings/keys");

        Assert.That(browser.Page.QuerySelectorAll("#keys tbody th").Select(cell => cell.TextContent), Is.EqualTo(new[] { "inside" }));
    }
}
