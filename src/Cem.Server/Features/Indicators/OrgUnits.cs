using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;

namespace Cem.Server.Features.Indicators;

/// <summary>The org units that the caller may see, as choices of a filter.</summary>
sealed class OrgUnits(Db db, Caller caller)
{
    /// <summary>In the order of the tree, each set in by its depth.</summary>
    public IEnumerable<Option> Options()
    {
        var units = db.Query<Row>(Sql.Units, new { caller.OrgUnit });
        var known = units.Select(unit => unit.Id).ToHashSet();
        var below = units.ToLookup(unit => unit.ParentId is { } parent && known.Contains(parent) ? parent : 0);
        return Outline.Of(below[0], unit => below[unit.Id]).Select(place => new Option(place.Item.Code, Outline.Indent(place.Depth) + place.Item.Name));
    }

    sealed record Row(long Id, string Code, string Name, long? ParentId);

    static class Sql
    {
        public const string Units = """
            SELECT id, code, name, parent_id FROM customers_v_org_units
            WHERE id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY code
            """;
    }
}
