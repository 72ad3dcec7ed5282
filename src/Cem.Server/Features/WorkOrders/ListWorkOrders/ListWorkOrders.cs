using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.WorkOrders.ListWorkOrders;

/// <summary>The queue: what is due first stands first, and among equals what is worth most. Others are listed by their last change.</summary>
/// <param name="State">One state, <c>active</c> (open or accepted) or <c>overdue</c>; null is all.</param>
/// <param name="Owner">A member of staff's address.</param>
/// <param name="OrgUnit">The code of the org unit whose tree is listed; null is all that the caller sees.</param>
[Access(Staff = Roles.All, Keys = [Scopes.InsightsRead, Scopes.WorkOrdersWrite])]
sealed record Request(string? State = null, string? Owner = null, string? Account = null, string? OrgUnit = null, DateTimeOffset? UpdatedSince = null, int? Limit = null, string? Cursor = null) : IRequest<Listing<Response>>;

/// <param name="Account">Null where the cause is that of the org unit.</param>
sealed record Response(
    Id Id, long Number, string State, string Priority, string Rule, string RuleName, string? Account, string? AccountName, string OrgUnit, string OrgUnitName, string? Touchpoint, string? Owner, string? OwnerName,
    DateTimeOffset OpenedAt, DateTimeOffset DueAt, bool Overdue, int Alerts, int Version, DateTimeOffset UpdatedAt);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("WorkOrders", 700, "/work-orders", Roles.All)];

    public Module()
    {
        Get("/api/v1/work-orders", async Task<Ok<Listing<Response>>> (string? state, string? owner, string? account, string? orgUnit, string? updatedSince, int? limit, string? cursor, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(state, owner, account, orgUnit, Instant(updatedSince), limit, cursor), ct)))
            .Sends<Request>()
            .Summary("List work orders")
            .Describe("By the time they are due; with updatedSince by their last change, for a nightly synchronisation.");

        Get("/work-orders", async (string? state, string? orgUnit, string? owner, string? cursor, IMediator mediator, Caller caller, OrgUnitChoices units, Texts texts, CancellationToken ct) =>
            {
                var filter = new PageFilter(state ?? "active", orgUnit ?? "", owner ?? "");
                var listing = await mediator.Send(new Request(filter.State == "all" ? null : filter.State, owner, null, orgUnit, null, null, cursor), ct);
                var words = texts.For(caller.Language, "WorkOrders/ListWorkOrders");
                return Page.Of(View.Of(listing, await mediator.Send(new CountOrders(orgUnit), ct), filter, cursor, [new Option("", words[caller.OrgUnit == 0 ? "filter.company" : "filter.own"]), .. units.Options()], words));
            })
            .Sends<Request>();
    }

    static DateTimeOffset? Instant(string? text) => text is null ? null : Wire.TryInstant(text, out var instant)
        ? instant
        : throw Problem.Malformed("updatedSince", "instant", ("An instant with its offset is needed.", "需要带时区偏移的时间。"));
}

sealed class Handler(Db db, Caller caller, OrgUnitChoices units, TimeProvider clock) : IRequestHandler<Request, Listing<Response>>
{
    static readonly string[] States = ["open", "accepted", "resolved", "closed", "active", "overdue"];

    public Task<Listing<Response>> Handle(Request request, CancellationToken cancellationToken)
    {
        if (request.State is not null && !States.Contains(request.State))
            throw Problem.Malformed("state", "choice", ($"One of these is needed: {string.Join(", ", States)}.", $"只能是以下之一：{string.Join("、", States)}。"));
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read<long[]>(request.Cursor);
        var parameters = new
        {
            request.State, Owner = string.IsNullOrEmpty(request.Owner) ? null : request.Owner, request.Account, OrgUnit = units.Scope(request.OrgUnit), Now = clock.GetUtcNow(), Since = request.UpdatedSince, Chinese = caller.Language == Languages.Chinese,
            Key = after is [var key, _] ? key : (long?)null, Last = after is [_, var last] ? last : 0, Limit = limit + 1,
        };
        var rows = request.UpdatedSince is null ? db.Query<Response>(Sql.ByDue, parameters) : db.Query<Response>(Sql.ByUpdate, parameters);
        return Task.FromResult(Cursor.Page(rows, limit, row => new[] { (request.UpdatedSince is null ? row.DueAt : row.UpdatedAt).ToUnixTimeMilliseconds(), row.Id.Value }));
    }
}

/// <summary>How many work orders there are in an org unit, by how urgent they are; without one, in all that the caller sees.</summary>
[Access(Staff = Roles.All, Keys = [Scopes.InsightsRead, Scopes.WorkOrdersWrite])]
sealed record CountOrders(string? OrgUnit = null) : IRequest<Totals>;

sealed record Totals(int Active, int Overdue, int Resolved);

sealed record View(string Answer, FilterBar Filters, IReadOnlyList<Line> Lines, Pager Pager)
{
    public static View Of(Listing<Response> listing, Totals totals, PageFilter filter, string? cursor, IReadOnlyList<Option> units, ScopedTexts texts) => new(
        totals.Active == 0 ? texts["answer.none"] : totals.Overdue == 0 ? texts.Get("answer.intime", ("count", totals.Active)) : texts.Get("answer.overdue", ("count", totals.Active), ("overdue", totals.Overdue)),
        new FilterBar([new FilterField("state", texts["filter.state"], filter.State,
            [new("active", texts["filter.active"]), new("overdue", texts["overdue"]), new("resolved", texts["state.resolved"]), new("closed", texts["state.closed"]), new("all", texts["all"])]) { Default = "active" },
            new FilterField("orgUnit", texts["filter.orgUnit"], filter.OrgUnit, units)])
        {
            Kept = filter.Owner.Length == 0 ? [] : [new("owner", filter.Owner)],
        },
        [.. listing.Items.Select(order => new Line(order, texts["state." + order.State], order.Overdue ? "late" : order.State switch { "open" => "active", "accepted" => "", _ => "done" }))],
        new Pager(listing.Next is null ? null : filter.Link(listing.Next), cursor is null ? null : filter.Link(), listing.Items.Count));
}

sealed record Line(Response Order, string State, string Tone);

/// <param name="OrgUnit">Its code; empty for all.</param>
/// <param name="Owner">An address; empty for all.</param>
sealed record PageFilter(string State, string OrgUnit, string Owner)
{
    public string Link(string cursor = "") => Urls.Build("/work-orders", [new("state", State), new("orgUnit", OrgUnit), new("owner", Owner), new("cursor", cursor)]);
}

sealed class Counter(Db db, OrgUnitChoices units, TimeProvider clock) : IRequestHandler<CountOrders, Totals>
{
    public Task<Totals> Handle(CountOrders request, CancellationToken cancellationToken) =>
        Task.FromResult(db.Single<Totals>(Sql.Totals, new { OrgUnit = units.Scope(request.OrgUnit), Now = clock.GetUtcNow() }));
}

file static class Sql
{
    const string Listed = """
        SELECT o.id, o.number, o.state, o.priority, o.rule_code AS rule, COALESCE(CASE WHEN @Chinese THEN COALESCE(r.name_zh, o.title_zh) ELSE COALESCE(r.name_en, o.title_en) END, o.rule_code) AS rule_name, a.external_id AS account, a.name AS account_name,
          n.code AS org_unit, n.name AS org_unit_name,
          o.touchpoint, o.owner_email AS owner, COALESCE(u.name, o.owner_email) AS owner_name, o.opened_at, o.due_at, (o.state IN ('open', 'accepted') AND o.due_at < @Now) AS overdue,
          (SELECT COUNT(*) FROM work_orders_alerts l WHERE l.order_id = o.id) AS alerts, o.version, o.updated_at
        FROM work_orders_orders o JOIN customers_v_org_units n ON n.id = o.org_unit_id LEFT JOIN customers_v_accounts a ON a.id = o.account_id LEFT JOIN work_orders_rules r ON r.code = o.rule_code
          LEFT JOIN access_v_users u ON u.email = o.owner_email
        WHERE o.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
          AND (@State IS NULL OR o.state = @State OR @State = 'active' AND o.state IN ('open', 'accepted')
            OR @State = 'overdue' AND o.state IN ('open', 'accepted') AND o.due_at < @Now)
          AND (@Owner IS NULL OR o.owner_email = @Owner)
          AND (@Account IS NULL OR a.external_id = @Account)

        """;

    public const string ByDue = Listed + """
          AND (@Key IS NULL OR (o.due_at, o.id) > (@Key, @Last))
        ORDER BY o.due_at, o.id LIMIT @Limit
        """;

    public const string ByUpdate = Listed + """
          AND o.updated_at >= @Since
          AND (@Key IS NULL OR (o.updated_at, o.id) > (@Key, @Last))
        ORDER BY o.updated_at, o.id LIMIT @Limit
        """;

    public const string Totals = """
        SELECT COUNT(*) FILTER (WHERE state IN ('open', 'accepted')) AS active, COUNT(*) FILTER (WHERE state IN ('open', 'accepted') AND due_at < @Now) AS overdue,
          COUNT(*) FILTER (WHERE state = 'resolved') AS resolved
        FROM work_orders_orders
        WHERE org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;
}
