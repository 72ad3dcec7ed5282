using Cem.Kernel.Data;

namespace Cem.Server.Features.Indicators;

/// <summary>The branches that an org unit holds.</summary>
sealed class Branches(Db db)
{
    /// <summary>Ids, codes and names, by code; of 0 those of the whole company.</summary>
    public IEnumerable<(long Id, string Code, string Name)> Below(long scope) => db.Query<Row>(Sql.Branches, new { Scope = scope }).Select(row => (row.Id, row.Code, row.Name));

    sealed record Row(long Id, string Code, string Name);

    static class Sql
    {
        public const string Branches = """
            SELECT id, code, name FROM customers_v_org_units
            WHERE kind = 'branch' AND (@Scope = 0 OR id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)) ORDER BY code
            """;
    }
}
