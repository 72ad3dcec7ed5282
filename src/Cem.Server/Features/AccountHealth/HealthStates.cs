using Cem.Kernel.Data;

namespace Cem.Server.Features.AccountHealth;

/// <summary>An account as it was last measured.</summary>
sealed record HealthState(Assessment Assessment, DateOnly Since, DateTimeOffset MeasuredAt);

/// <param name="Measured">Accounts measured.</param>
/// <param name="Count">At risk, in all.</param>
/// <param name="HiddenChurn">Of these, hidden churn.</param>
/// <param name="RevenueMinor">Of those at risk, in the currency that most of them have.</param>
sealed record RiskTotals(int Measured, int Count, int HiddenChurn, long? RevenueMinor, string? Currency);

/// <summary>Where the next page of accounts at risk begins: risk, revenue and id of the last one seen.</summary>
sealed record RiskKey(string Risk, long Revenue, long Id);

/// <param name="OrgUnit">Name of the account's unit.</param>
sealed record MapPoint(string ExternalId, string Name, string OrgUnit, string Field, string Risk, double? Usage, double? Experience, long? RevenueMinor, string? Currency, DateOnly? Renewal);

/// <summary>Reads how accounts stood when they were last measured. Whom a reader may see is a filter of every query.</summary>
sealed class HealthStates(Db db)
{
    /// <param name="scope">Id of the org unit; 0 is the whole company.</param>
    public RiskTotals Totals(long scope) => db.Read(reader =>
    {
        var totals = reader.Single<CountRow>(Sql.Counts, new { Scope = scope });
        var revenue = reader.Find<RevenueRow>(Sql.Revenue, new { Scope = scope });
        return new RiskTotals(totals.Measured, totals.Count, totals.HiddenChurn, revenue?.Minor, revenue?.Currency);
    });

    /// <summary>The accounts at risk, or those of one field of the map: high risk before medium, of each the largest revenue first.</summary>
    /// <param name="field">Null for those whose risk is not low.</param>
    /// <param name="after">The last account of the page before; null for the first page.</param>
    public IReadOnlyList<HealthState> Listed(long scope, int limit, string? field = null, RiskKey? after = null) =>
        [.. db.Query<StateRow>(Sql.Listed, new { Scope = scope, Field = field, AfterRisk = after?.Risk, AfterRevenue = after?.Revenue, AfterId = after?.Id, Limit = limit }).Select(Read)];

    /// <summary>Accounts that renew within so many days, the next first.</summary>
    public IReadOnlyList<HealthState> Renewing(long scope, DateOnly from, DateOnly to, int limit) =>
        [.. db.Query<StateRow>(Sql.Renewing, new { Scope = scope, From = Kernel.Time.Day.Number(from), To = Kernel.Time.Day.Number(to), Limit = limit }).Select(Read)];

    /// <summary>Every account that was measured, the largest revenue first.</summary>
    public IReadOnlyList<MapPoint> Map(long scope) => db.Query<MapPoint>(Sql.Map, new { Scope = scope });

    static HealthState Read(StateRow row) => new(Json.Read<Assessment>(row.Details), row.Since, row.MeasuredAt);

    sealed record StateRow(string Details, DateOnly Since, DateTimeOffset MeasuredAt);

    sealed record CountRow(int Measured, int Count, int HiddenChurn);

    sealed record RevenueRow(long Minor, string Currency);

    static class Sql
    {
        const string Seen = """
            FROM account_health_states s JOIN customers_v_accounts a ON a.id = s.account_id
            WHERE a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)

            """;

        public const string Counts = """
            SELECT COUNT(*) AS measured, COUNT(CASE WHEN s.risk <> 'low' THEN 1 END) AS count,
              COUNT(CASE WHEN s.risk <> 'low' AND s.field = 'hiddenChurn' THEN 1 END) AS hidden_churn

            """ + Seen;

        // Amounts of different currencies do not add up: the currency that most accounts have stands for all.
        public const string Revenue = "SELECT SUM(a.annual_revenue_minor) AS minor, a.annual_revenue_currency AS currency\n" + Seen + """
            AND s.risk <> 'low' AND a.annual_revenue_minor IS NOT NULL
            GROUP BY a.annual_revenue_currency ORDER BY COUNT(*) DESC, a.annual_revenue_currency LIMIT 1
            """;

        public const string Listed = "SELECT s.details, s.since, s.measured_at\n" + Seen + """
            AND CASE WHEN @Field IS NULL THEN s.risk <> 'low' ELSE s.field = @Field END
            AND (@AfterId IS NULL OR (CASE s.risk WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, -COALESCE(a.annual_revenue_minor, 0), a.id)
              > (CASE @AfterRisk WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, -@AfterRevenue, @AfterId))
            ORDER BY CASE s.risk WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, -COALESCE(a.annual_revenue_minor, 0), a.id LIMIT @Limit
            """;

        public const string Renewing = "SELECT s.details, s.since, s.measured_at\n" + Seen + """
            AND a.renewal_date BETWEEN @From AND @To
            ORDER BY a.renewal_date, -COALESCE(a.annual_revenue_minor, 0), a.id LIMIT @Limit
            """;

        public const string Map = """
            SELECT a.external_id, a.name, (SELECT u.name FROM customers_v_org_units u WHERE u.id = a.org_unit_id) AS org_unit, s.field, s.risk, s.usage, s.experience,
              a.annual_revenue_minor AS revenue_minor, a.annual_revenue_currency AS currency, a.renewal_date AS renewal

            """ + Seen + """
            ORDER BY -COALESCE(a.annual_revenue_minor, 0), a.id
            """;
    }
}
