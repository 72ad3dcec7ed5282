using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Access;

/// <summary>Headquarters, two regions below it, and a branch below one of them.</summary>
static class Branches
{
    public static async Task Put(CemHost host)
    {
        var api = await host.WithKey(Scopes.Admin);
        await (await api.PutAsJsonAsync("/api/v1/org-units/hq", new { name = "Headquarters", kind = "headquarters" })).Json();
        await (await api.PutAsJsonAsync("/api/v1/org-units/east", new { name = "East", kind = "region", parent = "hq" })).Json();
        await (await api.PutAsJsonAsync("/api/v1/org-units/north", new { name = "North", kind = "region", parent = "hq" })).Json();
        await (await api.PutAsJsonAsync("/api/v1/org-units/shanghai", new { name = "Shanghai", kind = "branch", parent = "east" })).Json();
    }
}
