using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Time;
using MediatR;

namespace Cem.Server.Features.Insights.MeasureCoverage;

/// <summary>
/// Measures how much of the customer base was heard: of the accounts whose contract runs in the days asked for, and of the
/// people there, as they stand in the books today. Heard is who gave a scored answer, wherever the account stood then.
/// </summary>
sealed class Handler(Db db, ScoreColumns columns) : IRequestHandler<AskCoverage, IReadOnlyList<CoverageFigure>>
{
    public Task<IReadOnlyList<CoverageFigure>> Handle(AskCoverage request, CancellationToken cancellationToken)
    {
        var heard = Heard.Between(request.From, request.To, columns);
        return Task.FromResult<IReadOnlyList<CoverageFigure>>([.. db.Read(reader => request.Scopes.Select(scope =>
        {
            var args = new { Scope = scope, From = Day.Number(request.From), To = Day.Number(request.To), heard.Accounts, heard.Contacts };
            var counts = reader.Single<Row>(Sql.Counts, args);
            var revenue = reader.Find<Revenue>(Sql.Revenue, args);
            return new CoverageFigure(counts.Accounts, counts.AccountsHeard, counts.Contacts, counts.ContactsHeard, counts.DecisionMakers, counts.DecisionMakersHeard,
                revenue is { Total: > 0 } ? (double)revenue.Heard / revenue.Total : null);
        }).ToList())]);
    }
}

file sealed record Row(int Accounts, int AccountsHeard, int Contacts, int ContactsHeard, int DecisionMakers, int DecisionMakersHeard);

file sealed record Revenue(long Total, long Heard);

file static class Sql
{
    const string Active = """
        WITH active AS (
          SELECT id, annual_revenue_minor, annual_revenue_currency FROM customers_v_accounts
          WHERE org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope)
            AND (contract_start IS NULL OR contract_start <= @To) AND (contract_end IS NULL OR contract_end >= @From))

        """;

    public const string Counts = Active + """
        , people AS (
          SELECT id, role = 'decisionMaker' AS decides, id IN (SELECT value FROM json_each(@Contacts)) AS heard FROM customers_v_contacts
          WHERE erased = 0 AND account_id IN (SELECT id FROM active))
        SELECT a.accounts, a.accounts_heard, p.contacts, p.contacts_heard, p.decision_makers, p.decision_makers_heard
        FROM (SELECT COUNT(*) AS accounts, COUNT(CASE WHEN id IN (SELECT value FROM json_each(@Accounts)) THEN 1 END) AS accounts_heard FROM active) a,
          (SELECT COUNT(*) AS contacts, COUNT(CASE WHEN heard THEN 1 END) AS contacts_heard, COUNT(CASE WHEN decides THEN 1 END) AS decision_makers,
            COUNT(CASE WHEN decides AND heard THEN 1 END) AS decision_makers_heard FROM people) p
        """;

    // Amounts of different currencies do not add up: the currency that most accounts have stands for all.
    public const string Revenue = Active + """
        SELECT SUM(annual_revenue_minor) AS total,
          SUM(CASE WHEN id IN (SELECT value FROM json_each(@Accounts)) THEN annual_revenue_minor ELSE 0 END) AS heard
        FROM active WHERE annual_revenue_minor IS NOT NULL
        GROUP BY annual_revenue_currency ORDER BY COUNT(*) DESC, annual_revenue_currency LIMIT 1
        """;
}
