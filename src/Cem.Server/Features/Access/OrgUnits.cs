using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;

namespace Cem.Server.Features.Access;

/// <summary>The org units that users and keys are bound to; none is the whole company.</summary>
static class OrgUnits
{
    /// <returns>The id; 0 where there is no code.</returns>
    /// <exception cref="Problem">422: there is no such org unit within what the caller may see.</exception>
    public static long Find(Tx tx, string? code, Caller caller)
    {
        if (string.IsNullOrEmpty(code))
            return caller.OrgUnit == 0 ? 0 : throw Problem.Rule("/orgUnit", "org-unit-needed", ("Choose an org unit of yours.", "请选择您所辖的组织单元。"));
        return OrgUnitLookup.Find(tx, code, caller.OrgUnit) ?? throw OrgUnitLookup.Refused("/orgUnit", code);
    }

    /// <summary>For a form's choice, by name; the first one is the whole company for those who see it.</summary>
    /// <param name="wholeCompany">Its name.</param>
    public static IReadOnlyList<Option> Options(Db db, Caller caller, string wholeCompany) =>
    [
        .. caller.OrgUnit == 0 ? new[] { new Option("", wholeCompany) } : [],
        .. db.Query<Row>(Sql.All, new { Scope = caller.OrgUnit }).Select(row => new Option(row.Code, $"{row.Name} ({row.Code})")),
    ];

    sealed record Row(string Code, string Name);

    static class Sql
    {
        public const string All = """
            SELECT code, name FROM customers_v_org_units
            WHERE id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
            ORDER BY name, code
            """;
    }
}
