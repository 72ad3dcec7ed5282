using Cem.Contracts.Customers;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ArrangeOrgUnits;

public sealed class ArrangeOrgUnitsTests
{
    [Test]
    public async Task A_unit_is_added_named_anew_and_moved()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using var person = await host.SignedIn(Roles.CxManager);

        await person.Open("/settings/org-units");
        await person.Submit("#add", new { code = "nanjing", name = "Nanjing", kind = "branch", parent = "west" });
        Assert.That(person.Page.QuerySelectorAll("#tree tbody th").Select(cell => cell.TextContent), Is.EqualTo(new[] { "hq", "\u2003east", "\u2003\u2003shanghai", "\u2003west", "\u2003\u2003Nanjing" }));

        await person.Open("/settings/org-units/nanjing");
        await person.Submit("#edit", new { name = "南京 Nanjing", parent = "east" });

        Assert.That(person.Page.QuerySelector("[role=status]")!.TextContent, Is.EqualTo("Saved."));
        Assert.That(person.Page.QuerySelectorAll("#tree tbody th").Select(cell => cell.TextContent), Is.EqualTo(new[] { "hq", "\u2003east", "\u2003\u2003shanghai", "\u2003\u2003南京 Nanjing", "\u2003west" }));
        Assert.That(host.Told<OrgUnitChanged>(), Is.EqualTo(6));
    }

    [Test]
    public async Task What_is_wrong_is_said_beside_the_field_and_the_rest_kept_as_typed()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using var person = await host.SignedIn(Roles.Administrator);

        await person.Open("/settings/org-units");
        await person.Submit("#add", new { code = "east", name = "Again", kind = "region", parent = "hq" });
        Assert.That((int)person.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(person.Page.Body!.TextContent, Does.Contain("This code is taken."));
        Assert.That(person.Page.QuerySelector("#add input[name=name]")!.GetAttribute("value"), Is.EqualTo("Again"));

        await person.Open("/settings/org-units/hq");
        await person.Submit("#edit", new { parent = "shanghai" });
        Assert.That((int)person.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(person.Page.Body!.TextContent, Does.Contain("'shanghai' lies below 'hq'"));
    }

    [Test]
    public async Task The_page_is_for_the_programme_and_within_its_org_unit()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        using var manager = await host.SignedIn(Roles.Manager);
        using var bound = await host.SignedIn(Roles.CxManager, "east");

        await manager.Open("/settings/org-units");
        Assert.That((int)manager.Answer.StatusCode, Is.EqualTo(403));
        await bound.Open("/settings/org-units");
        Assert.That(bound.Page.QuerySelectorAll("#tree tbody th").Select(cell => cell.TextContent), Is.EqualTo(new[] { "east", "\u2003shanghai" }));
        await bound.Open("/settings/org-units/west");
        Assert.That((int)bound.Answer.StatusCode, Is.EqualTo(404));
        var stolen = await bound.Post("/settings/org-units/west", ("name", "Mine"), ("kind", "region"), ("parent", "east"));
        Assert.That((int)stolen.StatusCode, Is.EqualTo(404));
    }
}
