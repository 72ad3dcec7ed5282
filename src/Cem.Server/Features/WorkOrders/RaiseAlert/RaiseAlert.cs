using Cem.Contracts.Responses;
using Cem.Contracts.WorkOrders;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;

namespace Cem.Server.Features.WorkOrders.RaiseAlert;

/// <summary>
/// Holds each complete answer against the alert rules. An alert opens a work order for the account's owner, or else for the
/// nearest manager of its org unit; while one of the same cause is not closed in that account, the alert is added to it, and
/// one that was thought resolved is taken up again.
/// </summary>
sealed class Handler(CompanyTime time) : IFactHandler<ResponseCompleted>
{
    public void Handle(ResponseCompleted fact, Tx tx)
    {
        var rules = tx.Prepare(Sql.Rules).List(ReadRule);
        if (rules.Count == 0)
            return;
        var scores = tx.Prepare(Sql.Scores).List(ReadScore, fact.ResponseId);
        foreach (var rule in rules)
            if (scores.FirstOrDefault(score => Fits(rule, score)) is { } score)
                Raise(tx, rule, score, fact.ResponseId);
    }

    // By hand: every answer that arrives passes here.
    static ScoreRow ReadScore(Statement.Row row) => new(
        row.Text(0), (int)row.Number(1), row.Text(2), row.TextOrNull(3), row.Number(4), row.Number(5), row.NumberOrNull(6), row.TextOrNull(7));

    static RuleRow ReadRule(Statement.Row row) => new(
        row.Text(0), row.Text(1), row.TextOrNull(2), (int)row.Number(3), row.TextOrNull(4) is { } touchpoints ? Json.Read<string[]>(touchpoints) : null,
        row.Text(5), row.Text(6), row.Text(7), (int)row.Number(8));

    static bool Fits(RuleRow rule, ScoreRow score) =>
        score.Question == rule.Question && score.Score <= rule.AtMost
        && (rule.Survey is null || rule.Survey == score.Survey)
        && (rule.Touchpoints is null || score.Touchpoint is { } touchpoint && rule.Touchpoints.Contains(touchpoint));

    void Raise(Tx tx, RuleRow rule, ScoreRow score, long response)
    {
        var order = tx.Find<OpenRow>(Sql.Open, new { score.AccountId, Rule = rule.Code });
        var step = order is null ? "opened" : order.State == "resolved" ? "reopened" : "added";
        var id = order?.Id ?? tx.NewId();
        if (order is null)
            Open(tx, rule, score, id);
        else
            tx.Execute(Sql.Add, new { Id = id, tx.Now });
        tx.Execute(Sql.Alert, new { Id = tx.NewId(), Order = id, Response = response, Rule = rule.Code, score.ContactId, score.Touchpoint, score.Question, score.Score, tx.Now });
        OrderSteps.Remember(tx, id, "CemMonolith", step, null, null, null);
        tx.Tell(new WorkOrderChanged(id, step));
    }

    void Open(Tx tx, RuleRow rule, ScoreRow score, long id) => tx.Execute(Sql.Insert, new
    {
        Id = id, Rule = rule.Code, score.AccountId, score.OrgUnitId, score.Touchpoint, rule.Priority, rule.RequiredActionEn, rule.RequiredActionZh,
        Owner = OrderSteps.OwnerOf(tx, score.OwnerEmail, score.OrgUnitId),
        tx.Now, Due = time.AddWorkingTime(tx.Now, TimeSpan.FromHours(rule.PromisedHours)),
    });
}

sealed record ScoreRow(string Question, int Score, string Survey, string? Touchpoint, long AccountId, long OrgUnitId, long? ContactId, string? OwnerEmail);

sealed record RuleRow(
    string Code, string Question, string? Survey, int AtMost, string[]? Touchpoints, string Priority, string RequiredActionEn, string RequiredActionZh, int PromisedHours);

file sealed record OpenRow(long Id, string State);

file static class Sql
{
    public const string Scores = """
        SELECT s.question, s.score, s.survey, s.touchpoint, s.account_id, s.org_unit_id, s.contact_id, a.owner_email
        FROM responses_v_scores s JOIN customers_v_accounts a ON a.id = s.account_id
        WHERE s.response_id = @ResponseId AND s.score IS NOT NULL AND s.org_unit_id IS NOT NULL
        """;

    public const string Rules = """
        SELECT code, question, survey, at_most, touchpoints, priority, required_action_en, required_action_zh, promised_hours
        FROM work_orders_rules WHERE active = 1 AND kind = 'answer'
        """;

    public const string Open = "SELECT id, state FROM work_orders_orders WHERE account_id = @AccountId AND rule_code = @Rule AND state <> 'closed'";

    public const string Insert = """
        INSERT INTO work_orders_orders (id, number, rule_code, account_id, org_unit_id, touchpoint, state, priority, required_action_en, required_action_zh,
          owner_email, opened_at, due_at, updated_at)
        SELECT @Id, COALESCE(MAX(number), 0) + 1, @Rule, @AccountId, @OrgUnitId, @Touchpoint, 'open', @Priority, @RequiredActionEn, @RequiredActionZh,
          @Owner, @Now, @Due, @Now
        FROM work_orders_orders
        """;

    public const string Add = """
        UPDATE work_orders_orders SET version = version + 1, updated_at = @Now,
          reopened = reopened + (state = 'resolved'), resolved_at = NULL,
          state = CASE state WHEN 'resolved' THEN 'accepted' ELSE state END
        WHERE id = @Id
        """;

    public const string Alert = """
        INSERT INTO work_orders_alerts (id, order_id, response_id, rule_code, contact_id, touchpoint, question, score, raised_at)
        VALUES (@Id, @Order, @Response, @Rule, @ContactId, @Touchpoint, @Question, @Score, @Now)
        """;
}
