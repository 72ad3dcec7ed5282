using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Access;

/// <summary>The org units that users and keys are bound to; none is the whole company.</summary>
static class OrgUnits
{
    /// <returns>The id; 0 where there is no code.</returns>
    /// <exception cref="Problem">422: there is no such org unit.</exception>
    public static long Find(Tx tx, string? code) => string.IsNullOrEmpty(code) ? 0 : tx.Find<long?>(Sql.Find, new { Code = code })
        ?? throw Problem.Rule("/orgUnit", "org-unit-not-found", ($"There is no org unit '{code}'.", $"组织单元“{code}”不存在。"));

    /// <summary>For a form's choice, by name; the first one is the whole company.</summary>
    /// <param name="wholeCompany">Its name.</param>
    public static IReadOnlyList<Option> Options(Db db, string wholeCompany) =>
        [new("", wholeCompany), .. db.Query<Row>(Sql.All).Select(row => new Option(row.Code, $"{row.Name} ({row.Code})"))];

    sealed record Row(string Code, string Name);

    static class Sql
    {
        public const string Find = "SELECT id FROM customers_v_org_units WHERE code = @Code";

        public const string All = "SELECT code, name FROM customers_v_org_units ORDER BY name, code";
    }
}
