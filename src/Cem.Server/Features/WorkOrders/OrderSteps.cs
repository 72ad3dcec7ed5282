using Cem.Contracts.WorkOrders;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;

namespace Cem.Server.Features.WorkOrders;

/// <summary>What every step on a work order does alike: find it in sight of the caller, hold the version, keep the history, tell.</summary>
static class OrderSteps
{
    /// <summary>The order a step is about, at the version the caller has read.</summary>
    /// <param name="version">From If-Match or the form; null is refused (428).</param>
    /// <param name="allowed">The states the step makes sense in.</param>
    /// <exception cref="Problem">404 outside the caller's org units, 412 when somebody was faster, 409 in a state where the step makes no sense.</exception>
    public static OrderRow Take(Tx tx, Caller caller, Id id, int? version, Say step, params ReadOnlySpan<string> allowed)
    {
        var order = tx.Find<OrderRow>(Sql.Find, new { Id = id.Value, caller.OrgUnit }) ?? throw NotFound();
        if (version is null)
            throw Problem.Other(428, "if-match-needed", ("Send the ETag you have read as If-Match, so that nobody's change is lost.", "请以 If-Match 发送已读取的 ETag，以免覆盖他人的更改。"));
        if (version != order.Version)
            throw Problem.Stale();
        if (!allowed.Contains(order.State))
            throw Problem.Conflict("transition", ($"A work order that is {order.State} cannot be {step.En}.", $"工单当前状态不允许{step.Zh}。"));
        return order;
    }

    public static Problem NotFound() => Problem.NotFound("work-order-not-found", ("There is no such work order.", "工单不存在。"));

    /// <summary>Writes the order as it is after the step, one version on, with a line of history, and tells.</summary>
    public static OrderMoved Put(Tx tx, Caller caller, OrderRow before, OrderRow after, string step, string? note = null)
    {
        tx.Execute(Sql.Put, new
        {
            after.Id, after.State, after.Priority, after.RequiredActionEn, after.RequiredActionZh, after.OwnerEmail, after.DueAt, after.AcceptedAt, after.ResolvedAt, after.ClosedAt,
            after.Reopened, after.Cause, after.ActionTaken, Version = before.Version + 1, tx.Now,
        });
        Remember(tx, before.Id, caller.Name, step, note, before.OwnerEmail, after.OwnerEmail);
        tx.Tell(new WorkOrderChanged(before.Id, step));
        return new OrderMoved(new Id(before.Id), after.State, before.Version + 1);
    }

    public static void Remember(Tx tx, long order, string by, string step, string? note, string? ownerBefore, string? ownerAfter) => tx.Execute(Sql.Remember, new
    {
        Id = tx.NewId(), Order = order, tx.Now, By = by, Step = step, Note = note,
        Before = ownerBefore == ownerAfter ? null : ownerBefore, After = ownerBefore == ownerAfter ? null : ownerAfter,
    });

    /// <summary>The nearest manager of an org unit: its own or that of one above it; null when there is none.</summary>
    public static string? FindManager(Session session, long orgUnit) => session.Find<string>(Sql.FindManager, new { OrgUnitId = orgUnit });

    /// <summary>A member of staff who can see the org unit; null when there is none of that address.</summary>
    public static string? FindOwner(Session session, string? email, long orgUnit) =>
        email is null ? null : session.Find<string>(Sql.FindOwner, new { Email = email, Unit = orgUnit });

    /// <summary>Whose a new order becomes: the account's owner, or else the nearest manager of its org unit; null where there is neither.</summary>
    public static string? OwnerOf(Session session, string? email, long orgUnit) =>
        FindOwner(session, email, orgUnit) ?? FindManager(session, orgUnit);

    static class Sql
    {
        public const string Find = """
            SELECT id, number, rule_code, account_id, org_unit_id, touchpoint, state, priority, required_action_en, required_action_zh, owner_email,
              opened_at, due_at, accepted_at, resolved_at, closed_at, reopened, cause, action_taken, version
            FROM work_orders_orders
            WHERE id = @Id AND org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
            """;

        public const string Put = """
            UPDATE work_orders_orders SET state = @State, priority = @Priority, required_action_en = @RequiredActionEn, required_action_zh = @RequiredActionZh,
              owner_email = @OwnerEmail, due_at = @DueAt, accepted_at = @AcceptedAt, resolved_at = @ResolvedAt, closed_at = @ClosedAt,
              reopened = @Reopened, cause = @Cause, action_taken = @ActionTaken, version = @Version, updated_at = @Now
            WHERE id = @Id
            """;

        public const string Remember = """
            INSERT INTO work_orders_history (id, order_id, at, by_name, step, note, owner_before, owner_after)
            VALUES (@Id, @Order, @Now, @By, @Step, @Note, @Before, @After)
            """;

        public const string FindManager = """
            SELECT u.email FROM access_v_users u JOIN customers_v_org_tree t ON t.ancestor_id = u.org_unit_id AND t.unit_id = @OrgUnitId
            WHERE u.role = 'manager' AND u.active = 1
            ORDER BY t.depth, u.id LIMIT 1
            """;

        public const string FindOwner = """
            SELECT u.email FROM access_v_users u
            WHERE u.email = @Email AND u.active = 1 AND u.role <> 'viewer'
              AND (u.org_unit_id = 0 OR EXISTS (SELECT 1 FROM customers_v_org_tree t WHERE t.ancestor_id = u.org_unit_id AND t.unit_id = @Unit))
            """;
    }
}

/// <summary>A work order as it is stored.</summary>
/// <param name="AccountId">Null where the cause is that of an org unit.</param>
sealed record OrderRow(
    long Id, long Number, string RuleCode, long? AccountId, long OrgUnitId, string? Touchpoint, string State, string Priority,
    string RequiredActionEn, string RequiredActionZh, string? OwnerEmail, DateTimeOffset OpenedAt, DateTimeOffset DueAt,
    DateTimeOffset? AcceptedAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ClosedAt, int Reopened, string? Cause, string? ActionTaken, int Version);

/// <summary>What a step answers; its version is the new ETag.</summary>
sealed record OrderMoved(Id Id, string State, int Version);

/// <summary>The version of a work order as an entity tag.</summary>
static class OrderTag
{
    public static string Of(int version) => $"\"{version}\"";

    /// <returns>Null where the header is missing; a version that can never fit where it is not one of ours.</returns>
    public static int? Read(string? header) => string.IsNullOrWhiteSpace(header)
        ? null
        : int.TryParse(header.Trim().Trim('"'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : -1;
}
