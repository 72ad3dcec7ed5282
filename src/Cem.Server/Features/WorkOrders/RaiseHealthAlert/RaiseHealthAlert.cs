using Cem.Contracts.AccountHealth;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;

namespace Cem.Server.Features.WorkOrders.RaiseHealthAlert;

/// <summary>
/// Holds each change of an account's health against the rules of that kind: an account that comes to be at risk, or more so,
/// opens a work order with the reasons in words, or adds them to the one of the same cause that is not closed in that account.
/// </summary>
sealed class Handler(CompanyTime time) : IFactHandler<AccountHealthChanged>
{
    /// <summary>Within so many days of the renewal an alert is one step more urgent.</summary>
    const int NearDays = 90;

    static readonly string[] Risks = ["low", "medium", "high"];

    public void Handle(AccountHealthChanged fact, Tx tx)
    {
        foreach (var rule in tx.Query<RuleRow>(Sql.Rules))
            if (Fits(rule, fact.Field, fact.Risk) && (!Fits(rule, fact.FieldBefore, fact.RiskBefore) || Rank(fact.Risk) > Rank(fact.RiskBefore))
                && tx.Find<AccountRow>(Sql.Account, new { Id = fact.AccountId, Touchpoint = fact.Touchpoint }) is { } account)
                Raise(tx, rule, fact, account);
    }

    static bool Fits(RuleRow rule, string? field, string? risk) => field is not null && rule.Standings.Contains(field) && Rank(risk) >= Rank(rule.LeastRisk);

    static int Rank(string? risk) => Array.IndexOf(Risks, risk ?? "low");

    void Raise(Tx tx, RuleRow rule, AccountHealthChanged fact, AccountRow account)
    {
        var near = account.RenewalDate is { } renewal && renewal >= time.Today && renewal <= time.Today.AddDays(NearDays);
        new Alarm(rule.Code, fact.AccountId, account.OrgUnitId, account.Touchpoint, Alarm.PriorityOf(rule.Priority, near || account.Large), rule.RequiredActionEn, rule.RequiredActionZh, rule.PromisedHours)
        {
            OwnerEmail = account.OwnerEmail, Reasons = [.. fact.English.Zip(fact.Chinese)], Presses = true,
        }.Raise(tx, time);
    }
}

/// <param name="LeastRisk">medium or high.</param>
sealed record RuleRow(string Code, string[] Standings, string LeastRisk, string Priority, string RequiredActionEn, string RequiredActionZh, int PromisedHours);

/// <param name="Touchpoint">Where it hurts, if it is a touchpoint of ours.</param>
/// <param name="Large">Whether it belongs to the quarter of accounts with the largest revenue in its currency.</param>
sealed record AccountRow(long OrgUnitId, string? OwnerEmail, DateOnly? RenewalDate, string? Touchpoint, bool Large);

file static class Sql
{
    public const string Rules = """
        SELECT code, standings, least_risk, priority, required_action_en, required_action_zh, promised_hours
        FROM work_orders_rules WHERE active = 1 AND kind = 'health' ORDER BY code
        """;

    public const string Account = """
        SELECT a.org_unit_id, a.owner_email, a.renewal_date, (SELECT t.code FROM journeys_v_touchpoints t WHERE t.code = @Touchpoint) AS touchpoint,
          COALESCE(4 * (SELECT COUNT(*) FROM customers_v_accounts b WHERE b.annual_revenue_currency = a.annual_revenue_currency AND b.annual_revenue_minor > a.annual_revenue_minor)
            < (SELECT COUNT(*) FROM customers_v_accounts b WHERE b.annual_revenue_currency = a.annual_revenue_currency), 0) AS large
        FROM customers_v_accounts a WHERE a.id = @Id
        """;
}
