using Cem.Contracts.Responses;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Time;

namespace Cem.Server.Features.WorkOrders.RaiseAlert;

/// <summary>
/// Holds each complete answer against the alert rules. An alert opens a work order for the account's owner, or else for the
/// nearest manager of its org unit, or is added to the one of the same cause that is not closed in that account.
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
        var order = new Alarm(rule.Code, score.AccountId, score.OrgUnitId, score.Touchpoint, rule.Priority, rule.RequiredActionEn, rule.RequiredActionZh, rule.PromisedHours)
        {
            OwnerEmail = score.OwnerEmail,
        }.Raise(tx, time);
        tx.Execute(Sql.Alert, new { Id = tx.NewId(), Order = order, Response = response, Rule = rule.Code, score.ContactId, score.Touchpoint, score.Question, score.Score, tx.Now });
    }
}

sealed record ScoreRow(string Question, int Score, string Survey, string? Touchpoint, long AccountId, long OrgUnitId, long? ContactId, string? OwnerEmail);

sealed record RuleRow(
    string Code, string Question, string? Survey, int AtMost, string[]? Touchpoints, string Priority, string RequiredActionEn, string RequiredActionZh, int PromisedHours);

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

    public const string Alert = """
        INSERT INTO work_orders_alerts (id, order_id, response_id, rule_code, contact_id, touchpoint, question, score, raised_at)
        VALUES (@Id, @Order, @Response, @Rule, @ContactId, @Touchpoint, @Question, @Score, @Now)
        """;
}
