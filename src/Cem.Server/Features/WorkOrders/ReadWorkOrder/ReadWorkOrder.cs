using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.WorkOrders.ReadWorkOrder;

/// <summary>
/// One work order with everything to act on it without leaving it: the answers behind it in the customer's words, what must
/// be done by when, what was done, and what the customer said since it was closed.
/// </summary>
[Access(Staff = Roles.All, Keys = [Scopes.InsightsRead, Scopes.WorkOrdersWrite])]
sealed record Request(Id Order) : IRequest<Response>;

/// <param name="Account">Null where the cause is that of the org unit.</param>
/// <param name="OrgUnit">Its name.</param>
/// <param name="Indicator">The code of the indicator that is below its threshold; null for another cause.</param>
/// <param name="Reasons">Why it was raised last, the gravest first, where that was no single answer.</param>
sealed record Response(
    Id Id, long Number, string State, string Priority, string Rule, string RuleName, string? Account, string? AccountName, string OrgUnit, string OrgUnitCode, string? Touchpoint,
    string? TouchpointName, string RequiredAction, string? Owner, DateTimeOffset OpenedAt, DateTimeOffset DueAt, bool Overdue, DateTimeOffset? AcceptedAt, DateTimeOffset? ResolvedAt,
    DateTimeOffset? ClosedAt, int Reopened, string? Cause, string? ActionTaken, int Version,
    IReadOnlyList<string> Reasons, IReadOnlyList<Alert> Alerts, IReadOnlyList<Step> History, IReadOnlyList<Since> Since, string? Indicator);

/// <summary>An answer behind the order.</summary>
sealed record Alert(Id Response, string? Contact, string Question, int Score, DateTimeOffset At, string? Comment);

sealed record Step(DateTimeOffset At, string By, string What, string? Note, string? OwnerBefore, string? OwnerAfter);

/// <summary>What the account answered to the same question after the order was resolved.</summary>
sealed record Since(Id Response, int Score, DateTimeOffset At, string? Comment);

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/work-orders/{id}", async Task<Ok<Response>> (Id id, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var order = await mediator.Send(new Request(id), ct);
                http.Headers.ETag = OrderTag.Of(order.Version);
                return TypedResults.Ok(order);
            })
            .Sends<Request>()
            .Summary("Read a work order");

        Get("/work-orders/{id}", async (Id id, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new DrawOrder(id, Form.Empty), ct)))
            .Sends<Request>();
    }
}

/// <param name="Colleagues">Who it can be handed to.</param>
sealed record View(Response Order, Form Form, bool MayAct, string StateTone, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<Option> Colleagues);

sealed class Handler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var row = reader.Find<Row>(Sql.Find, new { Id = request.Order.Value, caller.OrgUnit }) ?? throw OrderSteps.NotFound();
        var chinese = caller.Language == Languages.Chinese;
        return new Response(
            request.Order, row.Number, row.State, row.Priority, row.RuleCode, chinese ? row.RuleNameZh : row.RuleNameEn, row.Account, row.AccountName, row.OrgUnit, row.OrgUnitCode, row.Touchpoint,
            (chinese ? row.TouchpointZh : row.TouchpointEn) ?? row.Touchpoint, chinese ? row.RequiredActionZh : row.RequiredActionEn, row.OwnerEmail, row.OpenedAt, row.DueAt,
            row.State is "open" or "accepted" && row.DueAt < clock.GetUtcNow(), row.AcceptedAt, row.ResolvedAt, row.ClosedAt, row.Reopened, row.Cause, row.ActionTaken, row.Version,
            [.. reader.Query<ReasonRow>(Sql.Reasons, new { Order = row.Id }).Select(reason => chinese ? reason.Chinese : reason.English)],
            reader.Query<Alert>(Sql.Alerts, new { Order = row.Id }), reader.Query<Step>(Sql.History, new { Order = row.Id }),
            row.ResolvedAt is { } resolved ? reader.Query<Since>(Sql.Since, new { row.AccountId, row.Question, row.Touchpoint, Resolved = resolved }) : [], IndicatorCause.CodeOf(row.RuleCode));
    }));
}

sealed class Drawer(IMediator mediator, Db db, Caller caller, Texts texts) : IRequestHandler<DrawOrder, object>
{
    public async Task<object> Handle(DrawOrder request, CancellationToken cancellationToken)
    {
        var order = await mediator.Send(new Request(request.Id), cancellationToken);
        var words = texts.For(caller.Language, "WorkOrders/ReadWorkOrder");
        return new View(order, request.Form, caller.Is(Roles.Acting), Tone(order),
            [.. order.History.Select(step => new TimelineEntry(step.At, words["step." + step.What])
            {
                By = step.By,
                Text = step.OwnerAfter is null ? step.Note : string.Join(Environment.NewLine, new[] { words.Get("handed", ("to", step.OwnerAfter)), step.Note }.OfType<string>()),
            })],
            [.. db.Query<Colleague>(Sql.Colleagues, new { Order = request.Id.Value }).Select(user => new Option(user.Email, $"{user.Name} ({user.Email})"))]);
    }

    static string Tone(Response order) => order.Overdue ? "late" : order.State switch
    {
        "open" => "active",
        "accepted" => "",
        _ => "done",
    };
}

file sealed record Row(
    long Id, long Number, string State, string Priority, string RuleCode, string RuleNameEn, string RuleNameZh, string? Question, string? Account, string? AccountName, long? AccountId,
    string OrgUnit, string OrgUnitCode, string? Touchpoint, string? TouchpointEn, string? TouchpointZh, string RequiredActionEn, string RequiredActionZh, string? OwnerEmail, DateTimeOffset OpenedAt, DateTimeOffset DueAt,
    DateTimeOffset? AcceptedAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ClosedAt, int Reopened, string? Cause, string? ActionTaken, int Version);

file sealed record ReasonRow(string English, string Chinese);

file sealed record Colleague(string Email, string Name);

file static class Sql
{
    public const string Find = """
        SELECT o.id, o.number, o.state, o.priority, o.rule_code, COALESCE(r.name_en, o.title_en, o.rule_code) AS rule_name_en, COALESCE(r.name_zh, o.title_zh, o.rule_code) AS rule_name_zh, r.question,
          a.external_id AS account, a.name AS account_name, a.id AS account_id, u.name AS org_unit, u.code AS org_unit_code, o.touchpoint, t.name_en AS touchpoint_en, t.name_zh AS touchpoint_zh, o.required_action_en, o.required_action_zh, o.owner_email,
          o.opened_at, o.due_at, o.accepted_at, o.resolved_at, o.closed_at, o.reopened, o.cause, o.action_taken, o.version
        FROM work_orders_orders o
        JOIN customers_v_org_units u ON u.id = o.org_unit_id
        LEFT JOIN customers_v_accounts a ON a.id = o.account_id
        LEFT JOIN work_orders_rules r ON r.code = o.rule_code
        LEFT JOIN journeys_v_touchpoints t ON t.code = o.touchpoint
        WHERE o.id = @Id AND o.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;

    public const string Reasons = """
        SELECT english, chinese FROM work_orders_reasons
        WHERE order_id = @Order AND raised_at = (SELECT MAX(raised_at) FROM work_orders_reasons WHERE order_id = @Order) ORDER BY id
        """;

    public const string Alerts = """
        SELECT l.response_id AS response, c.name AS contact, l.question, l.score, l.raised_at AS at,
          (SELECT t.text FROM responses_v_texts t WHERE t.response_id = l.response_id AND t.comment = 1 ORDER BY LENGTH(t.text) DESC LIMIT 1) AS comment
        FROM work_orders_alerts l LEFT JOIN customers_v_contacts c ON c.id = l.contact_id
        WHERE l.order_id = @Order ORDER BY l.raised_at DESC, l.id DESC
        """;

    public const string History = """
        SELECT at, by_name AS by, step AS what, note, owner_before, owner_after FROM work_orders_history WHERE order_id = @Order ORDER BY id DESC
        """;

    public const string Since = """
        SELECT r.id AS response, s.score, r.completed_at AS at,
          (SELECT t.text FROM responses_v_texts t WHERE t.response_id = r.id AND t.comment = 1 ORDER BY LENGTH(t.text) DESC LIMIT 1) AS comment
        FROM responses_v_responses r JOIN responses_v_scores s ON s.response_id = r.id
        WHERE r.account_id = @AccountId AND r.completed_at > @Resolved AND s.question = @Question AND s.score IS NOT NULL
          AND (@Touchpoint IS NULL OR s.touchpoint = @Touchpoint)
        ORDER BY r.completed_at DESC LIMIT 20
        """;

    public const string Colleagues = """
        SELECT u.email, u.name FROM access_v_users u JOIN work_orders_orders o ON o.id = @Order
        WHERE u.active = 1 AND u.role <> 'viewer'
          AND (u.org_unit_id = 0 OR EXISTS (SELECT 1 FROM customers_v_org_tree t WHERE t.ancestor_id = u.org_unit_id AND t.unit_id = o.org_unit_id))
        ORDER BY u.name
        """;
}
