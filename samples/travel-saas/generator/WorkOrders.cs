namespace TravelSaas;

/// <summary>
/// What staff did with the alerts: one open order per rule and account, later alerts join it. Most orders are closed within
/// days, some are passed on or come back, a few lie about; those raised last are still on their way when the data ends.
/// </summary>
internal sealed class WorkOrders(IReadOnlyList<User> staff, IReadOnlyList<AlertRule> rules, Span span)
{
    private readonly List<WorkOrderAction> _actions = [];

    public static IReadOnlyList<WorkOrderAction> Make(
        IReadOnlyList<Response> responses, IReadOnlyList<User> staff, IReadOnlyList<AlertRule> rules, Span span)
    {
        var orders = new WorkOrders(staff, rules, span);
        orders.Work(responses);
        return [.. orders._actions.Where(action => action.At < span.End).OrderBy(action => action.At)];
    }

    private void Work(IReadOnlyList<Response> responses)
    {
        var openUntil = new Dictionary<(Account, AlertRule), DateTime>();
        var closedLast = new Dictionary<(Account, AlertRule), (Response Raised, DateTime At)>();
        foreach (var response in responses)
        {
            if (rules.FirstOrDefault(rule => rule.Matches(response)) is not { } rule)
                continue;
            var key = (response.Account, rule);
            if (openUntil.TryGetValue(key, out var until) && response.CompletedAt <= until)
                continue;
            var script = response.Account.IsStory && rule.Code == "oa-sync-detractor" && span.DaysBeforeEnd(response.CompletedAt) < 90;
            openUntil[key] = script ? Scripted(response) : Usual(response, rule);
            closedLast[key] = (response, openUntil[key]);
        }
        // Three that were closed lately come back, because the customer says it is not settled.
        foreach (var (key, (raised, at)) in closedLast
            .Where(last => last.Value.At < span.End.AddDays(-2) && last.Value.At > span.End.AddDays(-24) && !last.Key.Item1.IsStory)
            .OrderBy(last => last.Value.At).Take(3))
            Add(WorkTime(at.AddHours(26)), raised, "reopen", Owner(key.Item1).Email, note: "客户回访表示问题仍未解决，重新打开");
    }

    /// <summary>Plans the whole course of an order; the actions after the end of the data are dropped. Returns when it is closed.</summary>
    private DateTime Usual(Response raised, AlertRule rule)
    {
        var random = new Prng("order:" + raised.Id);
        var branch = raised.Account.OrgUnit;
        var pace = branch switch { "tianjin" => 2.2, "hangzhou" => 0.6, _ => 1.0 };
        var owner = Owner(raised.Account);
        if (random.Chance(branch == "tianjin" ? 0.07 : 0.015))
            return DateTime.MaxValue;
        var at = WorkTime(raised.CompletedAt.AddHours(pace * (0.5 + 16 * random.Unit() * random.Unit())));
        Add(at, raised, "accept", owner.Email);
        if (random.Chance(branch == "tianjin" ? 0.06 : 0.012))
            return DateTime.MaxValue;
        if (random.Chance(0.09))
        {
            var colleagues = staff.Where(user => user.OrgUnit == branch && user.Email != owner.Email).ToArray();
            var next = random.Pick(colleagues);
            at = WorkTime(at.AddHours(pace * (1 + 6 * random.Unit())));
            Add(at, raised, "transfer", owner.Email, random.Pick(WorkOrderTexts.Handovers), to: next.Email);
            owner = next;
            at = WorkTime(at.AddHours(pace * (0.5 + 5 * random.Unit())));
            Add(at, raised, "accept", owner.Email);
        }
        if (random.Chance(0.55))
        {
            at = WorkTime(at.AddHours(pace * (0.5 + 20 * random.Unit())));
            Add(at, raised, "note", owner.Email, random.Pick(WorkOrderTexts.Notes));
        }
        at = Resolve(at, raised, rule, owner, pace, random);
        if (random.Chance(0.06))
        {
            at = WorkTime(at.AddHours(20 + 24 * random.Unit()));
            Add(at, raised, "reopen", Manager(branch).Email, random.Pick(WorkOrderTexts.Returns));
            at = WorkTime(at.AddHours(pace * (1 + 8 * random.Unit())));
            Add(at, raised, "accept", owner.Email);
            at = Resolve(at, raised, rule, owner, pace, random);
        }
        at = WorkTime(at.AddHours(pace * (18 + 60 * random.Unit())));
        Add(at, raised, "close", random.Chance(0.7) ? owner.Email : Manager(branch).Email, random.Pick(WorkOrderTexts.Closings));
        return at;
    }

    /// <summary>The story: "the customer's own OA" three times over, the last time sent back and left there.</summary>
    private DateTime Scripted(Response raised)
    {
        var owner = Owner(raised.Account).Email;
        var accepted = WorkTime(raised.CompletedAt.AddHours(3));
        var last = span.DaysBeforeEnd(raised.CompletedAt) < 20;
        Add(accepted, raised, "accept", owner);
        Add(WorkTime(accepted.AddHours(2)), raised, "note", owner, "客服确认平台侧无报错，判断为客户 OA 推送问题");
        var resolved = WorkTime(accepted.AddHours(20));
        Add(resolved, raised, "resolve", owner, cause: "客户侧 OA 问题，非我方系统", taken: "已建议客户联系其 OA 厂商，手工放行卡住的订单");
        if (!last)
        {
            Add(WorkTime(resolved.AddHours(26)), raised, "close", owner, "客户未再来电");
            return WorkTime(resolved.AddHours(26));
        }
        Add(WorkTime(resolved.AddDays(3)), raised, "reopen", Manager("shanghai").Email, "同一客户三个月内第四次反馈相同问题，不能再以非我方系统结案，请研发介入");
        return DateTime.MaxValue;
    }

    private DateTime Resolve(DateTime after, Response raised, AlertRule rule, User owner, double pace, Prng random)
    {
        var at = WorkTime(after.AddHours(pace * (2 + 70 * random.Unit() * random.Unit())));
        var (cause, taken) = random.Pick(WorkOrderTexts.Causes[rule.Code]);
        Add(at, raised, "resolve", owner.Email, cause: cause, taken: taken);
        return at;
    }

    private void Add(
        DateTime at, Response raised, string action, string by, string? note = null, string? to = null, string? cause = null, string? taken = null) =>
        _actions.Add(new(at, raised, action, by, note, to, cause, taken));

    private User Owner(Account account) => staff.Single(user => user.Email == account.Owner);

    private User Manager(string unit) => staff.Single(user => user.Role == "manager" && user.OrgUnit == unit);

    /// <summary>The same moment, or the next working hour: Monday to Friday, 9 to 18.</summary>
    private static DateTime WorkTime(DateTime at)
    {
        if (at.Hour >= 18)
            at = at.Date.AddDays(1).AddHours(9).AddMinutes(at.Minute);
        if (at.Hour < 9)
            at = at.Date.AddHours(9).AddMinutes(at.Minute);
        while (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            at = at.AddDays(1);
        return at;
    }
}
