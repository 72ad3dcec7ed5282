using Cem.Kernel.Data;

namespace Cem.Server.Features.Reports;

/// <summary>Who gets which report: each manager, CX manager, viewer and administrator that of the own org unit, in the own language.</summary>
sealed class ReportReaders(Db db)
{
    /// <summary>Readers who want their report by mail and have not got that of the week, by report.</summary>
    /// <param name="scope">Only org units of this tree; 0 for all.</param>
    public IReadOnlyList<Readership> Waiting(string week, long scope) =>
    [
        .. db.Query<Row>(Sql.Waiting, new { Week = week, Scope = scope })
            .GroupBy(row => (row.OrgUnitId, row.Language))
            .Select(same => new Readership(
                new ReportUnit(same.Key.OrgUnitId, same.First().Code, same.First().UnitName), same.Key.Language,
                [.. same.Select(row => new Reader(row.Id, row.Email, row.Name))])),
    ];

    sealed record Row(long Id, string Email, string Name, long OrgUnitId, string Language, string? Code, string? UnitName);

    static class Sql
    {
        public const string Waiting = """
            SELECT u.id, u.email, u.name, u.org_unit_id, u.language, o.code, o.name AS unit_name
            FROM access_v_users u
            LEFT JOIN customers_v_org_units o ON o.id = u.org_unit_id
            WHERE u.active = 1 AND u.role IN ('viewer', 'manager', 'cxManager', 'administrator') AND (u.org_unit_id = 0 OR o.id IS NOT NULL)
              AND (@Scope = 0 OR u.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
              AND u.id NOT IN (SELECT user_id FROM reports_stopped)
              AND u.id NOT IN (SELECT user_id FROM reports_deliveries WHERE week = @Week)
            ORDER BY u.org_unit_id, u.language, u.id
            """;
    }
}

/// <summary>The readers of one report.</summary>
sealed record Readership(ReportUnit Unit, string Language, IReadOnlyList<Reader> Readers);
