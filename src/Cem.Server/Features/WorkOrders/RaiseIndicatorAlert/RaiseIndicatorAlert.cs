using Cem.Contracts.Access;
using Cem.Contracts.Indicators;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Text;
using Cem.Kernel.Time;

namespace Cem.Server.Features.WorkOrders.RaiseIndicatorAlert;

/// <summary>
/// Opens a work order when an indicator of an org unit surely lies past its threshold, as the rule says that names it, or else the
/// one for all. It belongs to the org unit and to no account, and goes to the nearest manager. There is one for a cause and org
/// unit; once it is closed, the next one comes only from days that were not judged before.
/// </summary>
sealed class Handler(CompanyTime time) : IFactHandler<IndicatorBelowThreshold>
{
    /// <summary>Down to this level, of the north star and the business domains, an alert is one step more urgent.</summary>
    const int UpperLevels = 2;

    public void Handle(IndicatorBelowThreshold fact, Tx tx)
    {
        var cause = IndicatorCause.Of(fact.Indicator);
        if (tx.Find<RuleRow>(Sql.Rule, new { Code = fact.Indicator }) is not { } rule
            || tx.Single<bool>(Sql.Known, new { Cause = cause, Unit = fact.OrgUnitId, Since = time.StartOf(fact.From) })
            || tx.Find<IndicatorRow>(Sql.Indicator, new { Code = fact.Indicator, fact.Version }) is not { } indicator)
            return;
        new Alarm(cause, null, fact.OrgUnitId, indicator.Touchpoint, Alarm.PriorityOf(rule.Priority, indicator.Level <= UpperLevels), rule.RequiredActionEn, rule.RequiredActionZh, rule.PromisedHours)
        {
            Title = ($"{indicator.NameEn}: past its threshold", $"{indicator.NameZh}：越过阈值"), Reasons = [(English(indicator.NameEn, fact), Chinese(indicator.NameZh, fact))],
        }.Raise(tx, time);
        tx.Tell(new Audited(tx.Now, 0, "system", "indicator.below-threshold", fact.Indicator, Json.Write(fact)));
    }

    static string English(string name, IndicatorBelowThreshold fact)
    {
        var formats = Formats.For(Languages.English);
        var interval = fact is { Low: { } low, High: { } high } ? $"95% interval {formats.Number(low, 1)} to {formats.Number(high, 1)}, " : "";
        return $"{name} stands at {formats.Number(fact.Value, 1)} ({interval}n = {formats.Number(fact.N)}, {formats.Date(fact.From)} to {formats.Date(fact.To)}), surely past its threshold of {formats.Number(fact.Threshold, 1)}.";
    }

    static string Chinese(string name, IndicatorBelowThreshold fact)
    {
        var formats = Formats.For(Languages.Chinese);
        var interval = fact is { Low: { } low, High: { } high } ? $"95% 区间 {formats.Number(low, 1)} 至 {formats.Number(high, 1)}，" : "";
        return $"“{name}”为 {formats.Number(fact.Value, 1)}（{interval}n = {formats.Number(fact.N)}，{formats.Date(fact.From)}至{formats.Date(fact.To)}），显著越过阈值 {formats.Number(fact.Threshold, 1)}。";
    }
}

sealed record RuleRow(string Priority, string RequiredActionEn, string RequiredActionZh, int PromisedHours);

sealed record IndicatorRow(string NameEn, string NameZh, int Level, string? Touchpoint);

file static class Sql
{
    // One that names the indicator goes before the one for all.
    public const string Rule = """
        SELECT priority, required_action_en, required_action_zh, promised_hours FROM work_orders_rules
        WHERE active = 1 AND kind = 'indicator' AND (indicators IS NULL OR @Code IN (SELECT value FROM json_each(indicators)))
        ORDER BY indicators IS NULL, code LIMIT 1
        """;

    public const string Known = """
        SELECT EXISTS (SELECT 1 FROM work_orders_orders
          WHERE rule_code = @Cause AND org_unit_id = @Unit AND account_id IS NULL AND (state <> 'closed' OR closed_at >= @Since))
        """;

    public const string Indicator = "SELECT name_en, name_zh, level, touchpoint FROM indicators_v_indicators WHERE code = @Code AND version = @Version";
}
