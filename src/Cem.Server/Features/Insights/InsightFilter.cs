using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.OrgUnits;
using Wire = Cem.Kernel.Web.Wire;

namespace Cem.Server.Features.Insights;

/// <summary>
/// The parameters that every insight takes, as they stand in the address. Several values of one are separated by commas.
/// </summary>
/// <param name="From">First day, YYYY-MM-DD; 91 days (13 weeks) up to <paramref name="To"/> unless said.</param>
/// <param name="To">Last day, inclusive; today unless said.</param>
/// <param name="By">Dimensions to group by: orgUnit, branch, region, tier (or segment), product, channel, role, touchpoint, survey, question, account.</param>
/// <param name="Period">day, week, month or quarter.</param>
/// <param name="OrgUnit">Code of an org unit: it and what lies below it.</param>
/// <param name="Segment">The tier of the account.</param>
sealed record InsightFilter(
    string? From = null, string? To = null, string? By = null, string? Period = null, string? Survey = null, string? Touchpoint = null, string? OrgUnit = null,
    string? Segment = null, string? Product = null, string? Channel = null, string? Role = null, string? Region = null, string? Question = null)
{
    public const int TrailingDays = 13 * 7;

    const int MostDimensions = 4;

    static readonly string[] PeriodNames = ["day", "week", "month", "quarter"];

    public ScoreQuery Scores(string measure, Caller caller, ScoreColumns columns, CompanyTime time)
    {
        var to = Day("to", To) ?? time.Today;
        var from = Day("from", From) ?? to.AddDays(1 - TrailingDays);
        if (from > to)
            throw Problem.Rule("from", "range", ("'from' lies after 'to'.", "开始日期晚于结束日期。"));
        if (Period is not null && !PeriodNames.Contains(Period))
            throw Choice("period", PeriodNames);
        return new ScoreQuery(measure, Scope(caller, columns.Units), from, to, Dimensions(), Period)
        {
            Filter = new[]
                {
                    (ScoreColumns.Survey, Survey), (ScoreColumns.Touchpoint, Touchpoint), (ScoreColumns.Tier, Segment), (ScoreColumns.Product, Product),
                    (ScoreColumns.Channel, Channel), (ScoreColumns.Role, Role), (ScoreColumns.Region, Region),
                }
                .Where(pair => !string.IsNullOrEmpty(pair.Item2)).ToDictionary(pair => pair.Item1, pair => (IReadOnlyList<string>)Split(pair.Item2)),
            Questions = Split(Question),
        };
    }

    /// <summary>The org unit asked for, or the caller's own; outside it nothing exists.</summary>
    public long Scope(Caller caller, OrgTree units)
    {
        if (string.IsNullOrEmpty(OrgUnit))
            return caller.OrgUnit;
        return units.Find(OrgUnit) is { } unit && units.Reaches(caller.OrgUnit, unit.Id)
            ? unit.Id
            : throw OrgUnitLookup.NotFound(OrgUnit);
    }

    string[] Dimensions()
    {
        var asked = Split(By).Select(name => name == "segment" ? ScoreColumns.Tier : name).ToArray();
        if (asked.Except(ScoreReader.Dimensions).Any())
            throw Choice("by", ScoreReader.Dimensions);
        if (asked.Length > MostDimensions || asked.Distinct().Count() != asked.Length)
            throw Problem.Rule("by", "dimensions", ($"At most {MostDimensions} dimensions, each once.", $"最多 {MostDimensions} 个维度，且不可重复。"));
        return asked;
    }

    static string[] Split(string? values) => values?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    internal static DateOnly? Day(string name, string? text) => string.IsNullOrEmpty(text) ? null : Wire.TryDay(text, out var day)
        ? day
        : throw Problem.Malformed(name, "date", ("A date is needed as YYYY-MM-DD.", "需要 YYYY-MM-DD 格式的日期。"));

    internal static Problem Choice(string name, IReadOnlyList<string> known) =>
        Problem.Malformed(name, "choice", ($"One of these is needed: {string.Join(", ", known)}.", $"只能是以下之一：{string.Join("、", known)}。"));
}
