using System.Text;
using Cem.Kernel.Security;
using Cem.Tests.Resilience;
using Cem.Tests.Testing;

namespace Cem.Tests.House;

/// <summary>
/// Every route and who may call it: the table that a reviewer of access reads. That the server keeps to it is the matter of
/// <see cref="AccessMatrixTests"/>.
/// </summary>
public sealed class RouteTableTests
{
    [Test]
    public async Task Every_route_says_who_may_call_it_and_the_table_is_known()
    {
        await using var host = await CemHost.Run();
        var routes = ServerRoute.All(host);

        Breaches.None(routes, routes.Where(route => route.Access is null).Select(route => route.ToString()), "Routes that say nothing of their access (nobody gets in):");
        Breaches.None(routes, routes.GroupBy(route => route.ToString()).Where(same => same.Count() > 1).Select(same => same.Key), "Routes that are there twice:");
        Breaches.None(routes, routes.Where(route => route.IsApi && route.Path != "/openapi/v1.json" && !route.HasSummary).Select(route => route.ToString()), "Routes of the API without a summary for the OpenAPI document:");
        Breaches.None(routes, ServerRoute.Heads(host).Where(head => !routes.Any(route => route.IsSafe && route.Path == head.Path && ReferenceEquals(route.Access, head.Access))).Select(head => head.ToString()), "HEAD with another access than its GET:");
        var table = new StringBuilder();
        foreach (var route in routes)
            table.Append(route).Append(" | ").Append(Words(route.Access!)).Append('\n');
        Snapshot.Matches(table.ToString(), "txt", "RouteTable");
    }

    /// <summary>The accepted table: each route with who may call it.</summary>
    internal static IReadOnlyDictionary<string, AccessAttribute> Accepted() => File.ReadLines(Path.Combine(Tree.Tests, "House", "RouteTableTests.RouteTable.verified.txt"))
        .Select(line => line.Split(" | ")).ToDictionary(parts => parts[0], parts => Read(parts[1]));

    static string Words(AccessAttribute access) => access.Anyone
        ? "anyone"
        : string.Join("; ", new[] { access.Staff == Roles.None ? null : "staff " + access.Staff, access.Keys.Length == 0 ? null : "keys " + string.Join(", ", access.Keys.Order(StringComparer.Ordinal)) }.OfType<string>());

    static AccessAttribute Read(string words)
    {
        var parts = words.Split("; ");
        return new AccessAttribute
        {
            Anyone = words == "anyone",
            Staff = parts.FirstOrDefault(part => part.StartsWith("staff ", StringComparison.Ordinal)) is { } staff ? Enum.Parse<Roles>(staff["staff ".Length..]) : Roles.None,
            Keys = parts.FirstOrDefault(part => part.StartsWith("keys ", StringComparison.Ordinal)) is { } keys ? keys["keys ".Length..].Split(", ") : [],
        };
    }
}
