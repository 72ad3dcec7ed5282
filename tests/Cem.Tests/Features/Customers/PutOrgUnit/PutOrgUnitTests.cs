using System.Net;
using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.PutOrgUnit;

public sealed class PutOrgUnitTests
{
    [Test]
    public async Task A_new_org_unit_is_created_and_putting_it_again_changes_nothing()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);

        var first = await api.PutAsJsonAsync("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" });
        var second = await api.PutAsJsonAsync("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" });

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created), await first.Content.ReadAsStringAsync());
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_unit_cannot_be_moved_below_itself()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PutAsJsonAsync("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" });
        await (await api.PutAsJsonAsync("/api/v1/org-units/east", new { name = "East", kind = "region", parent = "hq" })).Json();

        var answer = await api.PutAsJsonAsync("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters", parent = "east" });

        await answer.IsProblem(422, "cycle", "/parent");
    }

    [TestCase("{}", "/name", "missing")]
    [TestCase("""{"name": "x", "kind": "village"}""", "/kind", "choice")]
    [TestCase("""{"name": "x", "kind": "team", "colour": 1}""", "/colour", "unknown-field")]
    [TestCase("""{"name": 5, "kind": "team"}""", "/name", "wrong-type")]
    [TestCase("""{"name": null, "kind": "team"}""", "/name", "wrong-type")]
    [TestCase("""{"name": "x", "kind": "team",""", "", "json")]
    public async Task What_cannot_be_read_is_refused_with_its_field_and_the_reason(string body, string pointer, string code)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);

        var answer = await api.PutAsync("/api/v1/org-units/hq", new StringContent(body, null, "application/json"));

        await answer.IsProblem(400, "malformed", pointer, code);
    }

    [Test]
    public async Task A_bound_key_changes_its_own_part_of_the_tree_only_and_cannot_move_itself()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        var bound = await host.WithBoundKey("east", Scopes.CustomersWrite);

        await (await bound.PutAsJsonAsync("/api/v1/org-units/pudong", new { name = "Pudong", kind = "team", parent = "shanghai" })).Json();
        await (await bound.PutAsJsonAsync("/api/v1/org-units/east", new { name = "East China", kind = "region" })).Json();

        Assert.That((await api.Got("/api/v1/org-units")).Ids("parent"), Is.EqualTo(new[] { "hq", null, "shanghai", "east", "hq" }));
        await (await bound.PutAsJsonAsync("/api/v1/org-units/west", new { name = "Mine", kind = "region", parent = "east" })).IsProblem(404, "org-unit-not-found");
        await (await bound.PutAsJsonAsync("/api/v1/org-units/new", new { name = "New", kind = "team", parent = "hq" })).IsProblem(422, "org-unit-not-found", "/parent");
        await (await bound.PutAsJsonAsync("/api/v1/org-units/new", new { name = "New", kind = "team" })).IsProblem(422, "parent-needed", "/parent");
    }
}
