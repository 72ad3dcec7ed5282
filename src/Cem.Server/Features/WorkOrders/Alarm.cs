using Cem.Contracts.WorkOrders;
using Cem.Kernel.Data;
using Cem.Kernel.Time;

namespace Cem.Server.Features.WorkOrders;

/// <summary>
/// An alert of any kind. It opens a work order; while one of the same cause is not closed in the account, or in the org unit where
/// it is nobody's account, it is added to that one, and one that was thought resolved is taken up again.
/// </summary>
/// <param name="Cause">A rule's code, or <see cref="IndicatorCause"/>.</param>
/// <param name="AccountId">Null where the cause is that of the org unit.</param>
/// <param name="PromisedHours">Of working time, from now.</param>
sealed record Alarm(string Cause, long? AccountId, long OrgUnitId, string? Touchpoint, string Priority, string RequiredActionEn, string RequiredActionZh, int PromisedHours)
{
    static readonly string[] Priorities = ["low", "normal", "high"];

    /// <summary>What the cause is called where no rule names it, in English and Chinese.</summary>
    public (string? En, string? Zh) Title { get; init; }

    /// <summary>The account's owner, whose the order becomes; without one it goes to the nearest manager.</summary>
    public string? OwnerEmail { get; init; }

    /// <summary>Why, the gravest first, where that is no answer; in English and Chinese.</summary>
    public IReadOnlyList<(string En, string Zh)> Reasons { get; init; } = [];

    /// <summary>Whether an order that is there already becomes as urgent as this.</summary>
    public bool Presses { get; init; }

    /// <summary>A rule's priority, or one step more.</summary>
    public static string PriorityOf(string rule, bool raised) => Priorities[Math.Min(Priorities.Length - 1, Array.IndexOf(Priorities, rule) + (raised ? 1 : 0))];

    /// <returns>The order's id.</returns>
    public long Raise(Tx tx, CompanyTime time)
    {
        var order = tx.Find<OpenRow>(Sql.Find, new { AccountId, OrgUnitId, Cause });
        var step = order is null ? "opened" : order.State == "resolved" ? "reopened" : "added";
        var id = order?.Id ?? tx.NewId();
        if (order is null)
            tx.Execute(Sql.Open, new
            {
                Id = id, Cause, TitleEn = Title.En, TitleZh = Title.Zh, AccountId, OrgUnitId, Touchpoint, Priority, RequiredActionEn, RequiredActionZh,
                Owner = OrderSteps.OwnerOf(tx, OwnerEmail, OrgUnitId), tx.Now, Due = time.AddWorkingTime(tx.Now, TimeSpan.FromHours(PromisedHours)),
            });
        else
            tx.Execute(Sql.TakeUp, new { Id = id, Priority = Presses && Array.IndexOf(Priorities, Priority) > Array.IndexOf(Priorities, order.Priority) ? Priority : order.Priority, tx.Now });
        foreach (var (en, zh) in Reasons)
            tx.Execute(Sql.Reason, new { Id = tx.NewId(), Order = id, tx.Now, English = en, Chinese = zh });
        OrderSteps.Remember(tx, id, "CemMonolith", step, null, null, null);
        tx.Tell(new WorkOrderChanged(id, step));
        return id;
    }

    sealed record OpenRow(long Id, string State, string Priority);

    static class Sql
    {
        public const string Find = """
            SELECT id, state, priority FROM work_orders_orders
            WHERE account_id IS NOT DISTINCT FROM @AccountId AND (@AccountId IS NOT NULL OR org_unit_id = @OrgUnitId) AND rule_code = @Cause AND state <> 'closed'
            """;

        public const string Open = """
            INSERT INTO work_orders_orders (id, number, rule_code, title_en, title_zh, account_id, org_unit_id, touchpoint, state, priority, required_action_en, required_action_zh,
              owner_email, opened_at, due_at, updated_at)
            SELECT @Id, COALESCE(MAX(number), 0) + 1, @Cause, @TitleEn, @TitleZh, @AccountId, @OrgUnitId, @Touchpoint, 'open', @Priority, @RequiredActionEn, @RequiredActionZh,
              @Owner, @Now, @Due, @Now
            FROM work_orders_orders
            """;

        public const string TakeUp = """
            UPDATE work_orders_orders SET version = version + 1, updated_at = @Now, priority = @Priority,
              reopened = reopened + (state = 'resolved'), resolved_at = NULL,
              state = CASE state WHEN 'resolved' THEN 'accepted' ELSE state END
            WHERE id = @Id
            """;

        public const string Reason = "INSERT INTO work_orders_reasons (id, order_id, raised_at, english, chinese) VALUES (@Id, @Order, @Now, @English, @Chinese)";
    }
}
