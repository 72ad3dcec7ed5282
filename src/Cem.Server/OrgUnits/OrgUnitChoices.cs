using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.OrgUnits;

/// <summary>The org units that the caller sees, as filters offer and read them.</summary>
sealed class OrgUnitChoices(Db db, Caller caller)
{
    /// <summary>In the order of the tree, each set in by its depth.</summary>
    public IEnumerable<Option> Options()
    {
        var units = db.Query<Row>(Sql.Units, new { caller.OrgUnit });
        var known = units.Select(unit => unit.Id).ToHashSet();
        // Above a bound caller's own unit nothing is seen: it stands at the top.
        var below = units.ToLookup(unit => unit.ParentId is { } parent && known.Contains(parent) ? parent : 0);
        return Outline.Of(below[0], unit => below[unit.Id]).Select(place => new Option(place.Item.Code, Outline.Indent(place.Depth) + place.Item.Name));
    }

    /// <summary>The id of an org unit, whose tree is meant; the caller's own without a code, 0 for the whole company.</summary>
    /// <exception cref="Problem">404: the caller sees no org unit of that code.</exception>
    public long Scope(string? code) => string.IsNullOrEmpty(code) ? caller.OrgUnit : db.Read(reader => OrgUnitLookup.Find(reader, code, caller.OrgUnit)) ?? throw OrgUnitLookup.NotFound(code);

    sealed record Row(long Id, string Code, string Name, long? ParentId);

    static class Sql
    {
        public const string Units = """
            SELECT id, code, name, parent_id FROM customers_v_org_units
            WHERE id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY code
            """;
    }
}

sealed class OrgUnitServices : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddScoped<OrgUnitChoices>();
}
