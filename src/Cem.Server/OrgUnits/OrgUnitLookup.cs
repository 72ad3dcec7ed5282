using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Server.OrgUnits;

/// <summary>Finds org units by the codes people and programs give, and says alike when there is none.</summary>
static class OrgUnitLookup
{
    const string Code = "org-unit-not-found";

    /// <summary>The id of an org unit within the tree of another, 0 for the whole company; null where there is none.</summary>
    public static long? Find(Session session, string code, long scope) => session.Find<long?>(Sql.Find, new { Code = code, Scope = scope });

    /// <summary>Where the org unit is what was asked for.</summary>
    public static Problem NotFound(string? code) => Problem.NotFound(Code, Missing(code));

    /// <summary>Where it is a field of what was sent.</summary>
    public static Problem Refused(string pointer, string? code) => Problem.Rule(pointer, Code, Missing(code));

    static Say Missing(string? code) => ($"There is no org unit '{code}'.", $"组织单元“{code}”不存在。");

    static class Sql
    {
        public const string Find = """
            SELECT id FROM customers_v_org_units WHERE code = @Code AND id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
            """;
    }
}
