using System.Text.Json;
using Cem.Contracts.Access;
using Cem.Contracts.Customers;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;

namespace Cem.Server.Features.Customers;

enum OrgUnitKind
{
    Headquarters,
    Region,
    Branch,
    Team,
}

/// <summary>
/// Puts nodes of our own tree, for every door they come in by. A caller bound to an org unit changes what lies in it, and
/// never where that unit itself stands.
/// </summary>
static class OrgUnitWriter
{
    public static Written Put(Tx tx, Caller caller, string code, string name, OrgUnitKind kind, string? parentCode)
    {
        var existing = tx.Find<Row>(Sql.Find, new { Code = code });
        if (existing is not null && !Sees(tx, caller, existing.Id))
            throw OrgUnitLookup.NotFound(code);
        var parent = parentCode is not null ? FindParent(tx, caller, parentCode)
            : caller.OrgUnit == 0 ? (long?)null
            : existing?.Id == caller.OrgUnit ? existing.ParentId
            : throw Problem.Rule("/parent", "parent-needed", ("A parent inside your own org unit is needed.", "须指定您所在组织单元内的上级。"));
        var id = existing?.Id ?? tx.NewId();
        if (existing is not null && parent is { } above && tx.Single<bool>(Sql.IsBelow, new { Ancestor = id, Unit = above }))
            throw Problem.Rule("/parent", "cycle", ($"'{parentCode}' lies below '{code}'; the tree would bite its tail.", $"“{parentCode}”位于“{code}”之下，不能作为其上级。"));
        var stored = JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
        if (existing is not null && existing.Name == name && existing.ParentId == parent && existing.Kind == stored)
            return new Written(false, false);
        tx.Execute(Sql.Put, new { Id = id, Code = code, Name = name, Parent = parent, Kind = stored, tx.Now });
        if (existing is null || existing.ParentId != parent)
            Replant(tx);
        tx.Tell(new OrgUnitChanged(id));
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), existing is null ? "org-unit.created" : "org-unit.changed", code,
            Json.Write(new { before = existing is null ? null : new { existing.Name, existing.Kind }, after = new { name, kind = stored, parent = parentCode } })));
        return new Written(existing is null, true);
    }

    static bool Sees(Tx tx, Caller caller, long unit) => tx.Single<bool>(Sql.IsBelow, new { Ancestor = caller.OrgUnit, Unit = unit });

    static long FindParent(Tx tx, Caller caller, string code) => tx.Find<Row>(Sql.Find, new { Code = code }) is { } parent && Sees(tx, caller, parent.Id)
        ? parent.Id
        : throw OrgUnitLookup.Refused("/parent", code);

    static void Replant(Tx tx)
    {
        tx.Execute(Sql.Uproot);
        tx.Execute(Sql.Plant);
    }
}

file sealed record Row(long Id, string Name, long? ParentId, string Kind);

file static class Sql
{
    public const string Find = "SELECT id, name, parent_id, kind FROM customers_org_units WHERE code = @Code";

    public const string IsBelow = "SELECT EXISTS (SELECT 1 FROM customers_org_tree WHERE ancestor_id = @Ancestor AND unit_id = @Unit)";

    public const string Put = """
        INSERT INTO customers_org_units (id, code, name, parent_id, kind, updated_at)
        VALUES (@Id, @Code, @Name, @Parent, @Kind, @Now)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent_id = excluded.parent_id, kind = excluded.kind, updated_at = excluded.updated_at
        """;

    public const string Uproot = "DELETE FROM customers_org_tree";

    public const string Plant = """
        WITH RECURSIVE tree (ancestor_id, unit_id, depth) AS (
          SELECT id, id, 0 FROM customers_org_units
          UNION ALL
          SELECT u.parent_id, t.unit_id, t.depth + 1
          FROM tree t JOIN customers_org_units u ON u.id = t.ancestor_id
          WHERE u.parent_id IS NOT NULL)
        INSERT INTO customers_org_tree (ancestor_id, unit_id, depth)
        SELECT ancestor_id, unit_id, depth FROM tree
        UNION ALL
        SELECT 0, unit_id, MAX(depth) + 1 FROM tree GROUP BY unit_id
        """;
}
