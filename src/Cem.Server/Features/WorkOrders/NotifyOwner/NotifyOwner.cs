using Cem.Contracts.WorkOrders;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Messaging;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.WorkOrders.NotifyOwner;

/// <summary>
/// Tells a work order's owner by mail when it becomes theirs or comes back: opened, handed over, reopened, and the first
/// time another alert is added. The mail links to the page on which to act.
/// </summary>
sealed class Handler(MailTemplates mails, PageContext pages, Settings settings) : IFactHandler<WorkOrderChanged>
{
    static readonly string[] Steps = ["opened", "transferred", "reopened", "added"];

    public void Handle(WorkOrderChanged fact, Tx tx)
    {
        if (!Steps.Contains(fact.Step) || tx.Find<Row>(Sql.Find, new { Id = fact.WorkOrderId }) is not { } order)
            return;
        var chinese = order.Language == Languages.Chinese;
        var id = new Id(fact.WorkOrderId);
        var mail = mails.Render("WorkOrders/NotifyOwner/NotifyOwner", new Model(
            order.Number, fact.Step, order.Whose, chinese ? order.RuleNameZh : order.RuleNameEn, chinese ? order.RequiredActionZh : order.RequiredActionEn,
            order.DueAt, order.Comment,
            [.. tx.Query<ReasonRow>(Sql.Reasons, new { Id = fact.WorkOrderId }).Select(reason => chinese ? reason.Chinese : reason.English)], $"{settings.PublicUrl}/work-orders/{id}"), pages.For(order.Language));
        tx.Send(new Mail("work-order", $"work-order-{id}-{order.Version}-{fact.Step}", order.Email, order.Name, mail.Subject, mail.Html, mail.Text));
    }
}

sealed record Model(long Number, string Step, string Account, string Rule, string RequiredAction, DateTimeOffset DueAt, string? Comment, IReadOnlyList<string> Reasons, string Href);

file sealed record Row(
    long Number, int Version, string RuleNameEn, string RuleNameZh, string RequiredActionEn, string RequiredActionZh, DateTimeOffset DueAt,
    string Whose, string Email, string Name, string Language, string? Comment);

file sealed record ReasonRow(string English, string Chinese);

file static class Sql
{
    public const string Reasons = """
        SELECT english, chinese FROM work_orders_reasons
        WHERE order_id = @Id AND raised_at = (SELECT MAX(raised_at) FROM work_orders_reasons WHERE order_id = @Id) ORDER BY id
        """;

    public const string Find = """
        SELECT o.number, o.version, COALESCE(r.name_en, o.title_en, o.rule_code) AS rule_name_en, COALESCE(r.name_zh, o.title_zh, o.rule_code) AS rule_name_zh, o.required_action_en, o.required_action_zh, o.due_at,
          COALESCE(a.name, n.name) AS whose, u.email, u.name, u.language,
          (SELECT t.text FROM work_orders_alerts l JOIN responses_v_texts t ON t.response_id = l.response_id
           WHERE l.order_id = o.id AND t.comment = 1 ORDER BY l.raised_at DESC, LENGTH(t.text) DESC LIMIT 1) AS comment
        FROM work_orders_orders o
        JOIN customers_v_org_units n ON n.id = o.org_unit_id
        LEFT JOIN customers_v_accounts a ON a.id = o.account_id
        JOIN access_v_users u ON u.email = o.owner_email AND u.active = 1
        LEFT JOIN work_orders_rules r ON r.code = o.rule_code
        WHERE o.id = @Id
        """;
}
