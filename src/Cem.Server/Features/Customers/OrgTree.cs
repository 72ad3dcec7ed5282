using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;

namespace Cem.Server.Features.Customers;

/// <summary>The org units a caller sees, each before what lies below it.</summary>
static class OrgTree
{
    public static IReadOnlyList<OrgNode> Read(Db db, Caller caller)
    {
        var rows = db.Query<OrgNode>(Sql.Nodes, new { caller.OrgUnit });
        var known = rows.Select(row => row.Id).ToHashSet();
        // Above a bound caller's own unit nothing is seen: it stands at the top.
        var children = rows.ToLookup(row => row.ParentId is { } parent && known.Contains(parent) ? parent : 0);
        return [.. Outline.Of(children[0], row => children[row.Id]).Select(place => place.Item with { Depth = place.Depth })];
    }

    /// <summary>As choices of a select, indented by depth.</summary>
    public static IReadOnlyList<Option> Options(this IEnumerable<OrgNode> tree) =>
        [.. tree.Select(node => new Option(node.Code, node.Indent + node.Name))];
}

/// <param name="Kind">headquarters, region, branch or team.</param>
/// <param name="Accounts">Accounts that it looks after itself.</param>
sealed record OrgNode(long Id, string Code, string Name, long? ParentId, string Kind, long Accounts)
{
    public int Depth { get; init; }

    public string Indent => Outline.Indent(Depth);
}

file static class Sql
{
    public const string Nodes = """
        SELECT u.id, u.code, u.name, u.parent_id, u.kind, (SELECT COUNT(*) FROM customers_accounts a WHERE a.org_unit_id = u.id) AS accounts
        FROM customers_org_units u
        WHERE u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        ORDER BY u.name, u.code
        """;
}
