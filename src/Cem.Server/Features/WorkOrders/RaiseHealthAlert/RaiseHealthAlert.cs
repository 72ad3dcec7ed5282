using Cem.Contracts.AccountHealth;
using Cem.Contracts.WorkOrders;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;

namespace Cem.Server.Features.WorkOrders.RaiseHealthAlert;

/// <summary>
/// Holds each change of an account's health against the rules of that kind: an account that comes to be at risk, or more so,
/// opens a work order with the reasons in words. While one of the same cause is not closed in that account, the new reasons are
/// added to it, and one that was thought resolved is taken up again.
/// </summary>
sealed class Handler(CompanyTime time) : IFactHandler<AccountHealthChanged>
{
    /// <summary>Within so many days of the renewal an alert is one step more urgent.</summary>
    const int NearDays = 90;

    static readonly string[] Risks = ["low", "medium", "high"];
    static readonly string[] Priorities = ["low", "normal", "high"];

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
        var order = tx.Find<OpenRow>(Sql.Open, new { fact.AccountId, rule.Code });
        var step = order is null ? "opened" : order.State == "resolved" ? "reopened" : "added";
        var id = order?.Id ?? tx.NewId();
        var near = account.RenewalDate is { } renewal && renewal >= time.Today && renewal <= time.Today.AddDays(NearDays);
        var priority = Math.Min(2, Array.IndexOf(Priorities, rule.Priority) + (near || account.Large ? 1 : 0));
        if (order is null)
            tx.Execute(Sql.Insert, new
            {
                Id = id, Rule = rule.Code, fact.AccountId, account.OrgUnitId, account.Touchpoint, Priority = Priorities[priority], rule.RequiredActionEn, rule.RequiredActionZh,
                Owner = OrderSteps.OwnerOf(tx, account.OwnerEmail, account.OrgUnitId), tx.Now, Due = time.AddWorkingTime(tx.Now, TimeSpan.FromHours(rule.PromisedHours)),
            });
        else
            tx.Execute(Sql.Add, new { Id = id, tx.Now, Priority = Priorities[Math.Max(priority, Array.IndexOf(Priorities, order.Priority))] });
        foreach (var (english, chinese) in fact.English.Zip(fact.Chinese))
            tx.Execute(Sql.Reason, new { Id = tx.NewId(), Order = id, tx.Now, English = english, Chinese = chinese });
        OrderSteps.Remember(tx, id, "CemMonolith", step, null, null, null);
        tx.Tell(new WorkOrderChanged(id, step));
    }
}

/// <param name="LeastRisk">medium or high.</param>
sealed record RuleRow(string Code, string[] Standings, string LeastRisk, string Priority, string RequiredActionEn, string RequiredActionZh, int PromisedHours);

/// <param name="Touchpoint">Where it hurts, if it is a touchpoint of ours.</param>
/// <param name="Large">Whether it belongs to the quarter of accounts with the largest revenue in its currency.</param>
sealed record AccountRow(long OrgUnitId, string? OwnerEmail, DateOnly? RenewalDate, string? Touchpoint, bool Large);

file sealed record OpenRow(long Id, string State, string Priority);

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

    public const string Open = "SELECT id, state, priority FROM work_orders_orders WHERE account_id = @AccountId AND rule_code = @Code AND state <> 'closed'";

    public const string Insert = """
        INSERT INTO work_orders_orders (id, number, rule_code, account_id, org_unit_id, touchpoint, state, priority, required_action_en, required_action_zh,
          owner_email, opened_at, due_at, updated_at)
        SELECT @Id, COALESCE(MAX(number), 0) + 1, @Rule, @AccountId, @OrgUnitId, @Touchpoint, 'open', @Priority, @RequiredActionEn, @RequiredActionZh,
          @Owner, @Now, @Due, @Now
        FROM work_orders_orders
        """;

    public const string Add = """
        UPDATE work_orders_orders SET version = version + 1, updated_at = @Now, priority = @Priority,
          reopened = reopened + (state = 'resolved'), resolved_at = NULL,
          state = CASE state WHEN 'resolved' THEN 'accepted' ELSE state END
        WHERE id = @Id
        """;

    public const string Reason = "INSERT INTO work_orders_reasons (id, order_id, raised_at, english, chinese) VALUES (@Id, @Order, @Now, @English, @Chinese)";
}
