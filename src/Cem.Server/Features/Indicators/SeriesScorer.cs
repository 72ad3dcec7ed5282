using Cem.Kernel.Data;
using Cem.Kernel.Statistics;
using Cem.Kernel.Time;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators;

/// <summary>One indicator in one period, or of one value of a dimension.</summary>
/// <param name="Key">The value of the dimension; null in a series over time.</param>
/// <param name="Node">Its change is that against the period before; where that one is empty, the last one that is not.</param>
/// <param name="Trailing">Against the 12 periods before, pooled; in a series by a dimension each as long as the days asked for.</param>
/// <param name="LastYear">Against the same days a year earlier.</param>
/// <param name="Gaps">The leaves of the indicator that have no score there.</param>
sealed record SeriesRow(string? Key, Window Period, int Version, ScoredNode Node, ScoreChange? Trailing, ScoreChange? LastYear, IReadOnlyList<ScoredNode> Gaps);

/// <summary>Scores one indicator over time and by dimension; changes are tested together over the rows of a series.</summary>
sealed class SeriesScorer(TreeScorer scorer, Branches branches, PartKeys keys, OperationalValues operations, Db db)
{
    /// <summary>Each period is a walk over the answers.</summary>
    public const int MostPeriods = 120;

    const int Pooled = 12;
    const int DaysOfAYear = 52 * 7;

    public static readonly IReadOnlyList<string> Periods = ["day", "week", "month", "quarter"];

    public static readonly IReadOnlyList<string> Dimensions = ["branch", "orgUnit", "region", "tier", "product", "channel", "role", "touchpoint", "survey"];

    /// <exception cref="Problem">422: more periods than can be answered at once.</exception>
    public async Task<IReadOnlyList<SeriesRow>> Over(string code, long scope, Part part, string by, Window all, CancellationToken ct)
    {
        var periods = PeriodsOf(by, all);
        var earlier = new List<Window>();
        for (var start = Start(by, all.From); earlier.Count < Pooled; start = earlier[0].From)
            earlier.Insert(0, new Window(Start(by, start.AddDays(-1)), start.AddDays(-1)));
        List<Window> line = [.. earlier, .. periods];
        var pools = periods.Select((_, index) => new Window(line[index].From, line[index + Pooled - 1].To)).ToList();
        var years = periods.Select(period => YearBefore(by, period)).ToList();
        if (await scorer.Read(scope, part, line, [.. pools, .. years], code, ct) is not { } windows)
            return [];
        var rows = new List<SeriesRow>();
        foreach (var (index, period) in periods.Index())
        {
            var before = Enumerable.Range(0, index + Pooled).Reverse().Select(at => line[at]).FirstOrDefault(window => Node(windows.Tree(window, null), code)?.Score is not null) ?? line[index + Pooled - 1];
            if (windows.Tree(period, before) is var tree && Node(tree, code) is { } node)
                rows.Add(Row(null, tree, node, windows, pools[index], years[index]));
        }
        return Tested(rows);
    }

    public async Task<IReadOnlyList<SeriesRow>> By(string code, long scope, Part part, string dimension, Window all, CancellationToken ct)
    {
        var (before, year) = (all.Before(), new Window(all.From.AddYears(-1), all.To.AddYears(-1)));
        // However far back the days reach, there is a first one.
        var pool = new Window(DateOnly.FromDayNumber(Math.Max(0, all.From.DayNumber - Pooled * (all.To.DayNumber - all.From.DayNumber + 1))), before.To);
        var rows = new List<SeriesRow>();
        IEnumerable<(string Key, long Scope, Part Part)> parts = dimension switch
        {
            "branch" => branches.Below(scope).Select(branch => (branch.Code, branch.Id, part)),
            "orgUnit" => db.Query<UnitRow>(Sql.Units, new { Scope = scope }).Select(unit => (unit.Code, unit.Id, part)),
            _ => (await keys.Of(Measured(code, all), scope, dimension, all, part, ct)).Select(key => (key, scope, part.With(dimension, key))),
        };
        var byUnit = dimension is "branch" or "orgUnit";
        var operational = new OperationalRows(db, part, scope, byUnit ? "unit" : dimension);
        foreach (var (key, unit, some) in parts)
            if (await scorer.Read(unit, some, [all], [before, pool, year], code, ct, new SharedRows(operational, byUnit, byUnit ? null : key)) is { } windows && windows.Tree(all, before) is var tree && Node(tree, code) is { } node && (dimension == "branch" || node.N > 0))
                rows.Add(Row(key, tree, node, windows, pool, year));
        return Tested(rows);
    }

    /// <summary>The leaves of an indicator that no row by a dimension counts, for their sources do not say what value of it their rows have.</summary>
    public IReadOnlyList<Indicator> Untold(string code, string dimension, Window all) => Narrowing.Parameters.Any(pair => pair.Dimension == dimension)
        ? [.. Measured(code, all).Where(it => it.Measure is { } measure && !operations.Tells(measure, dimension, all))]
        : [];

    static SeriesRow Row(string? key, ScoredTree tree, ScoredNode node, ScoredWindows windows, Window pool, Window year) => new(
        key, tree.Now, tree.Version.Version, node, Node(windows.Tree(tree.Now, pool), node.It.Code)?.Change, Node(windows.Tree(tree.Now, year), node.It.Code)?.Change,
        [.. tree.GapsOf(node.It.Code)]);

    static ScoredNode? Node(ScoredTree tree, string code) => tree.Nodes.FirstOrDefault(node => node.It.Code == code);

    /// <summary>An indicator and what counts below it.</summary>
    IEnumerable<Indicator> Measured(string code, Window all)
    {
        if (db.Read(reader => LibraryStore.On(reader, all.To)) is not { } version)
            return [];
        var below = LibraryTree.Below(version, code);
        return version.Live.Where(it => below.Contains(it.Code));
    }

    /// <summary>The periods that lie in these days, whole or cut off by them.</summary>
    static List<Window> PeriodsOf(string by, Window all)
    {
        var periods = new List<Window>();
        for (var start = Start(by, all.From); start <= all.To; start = CalendarPeriod.Next(by, start))
        {
            if (periods.Count == MostPeriods)
                throw Problem.Rule("by", "too-many", ($"At most {MostPeriods} periods; ask for fewer days or a longer period.", $"最多 {MostPeriods} 个时间段，请缩短日期范围或改用更长的周期。"));
            periods.Add(new Window(start < all.From ? all.From : start, CalendarPeriod.Next(by, start).AddDays(-1) is var end && end > all.To ? all.To : end));
        }
        return periods;
    }

    /// <summary>The same with significance after Benjamini-Hochberg over the rows, for each comparison by itself.</summary>
    static List<SeriesRow> Tested(List<SeriesRow> rows)
    {
        var previous = Adjusted([.. rows.Select(row => row.Node.Change)]);
        var trailing = Adjusted([.. rows.Select(row => row.Trailing)]);
        var year = Adjusted([.. rows.Select(row => row.LastYear)]);
        return [.. rows.Select((row, index) => row with { Node = row.Node with { Change = previous[index] }, Trailing = trailing[index], LastYear = year[index] })];
    }

    static List<ScoreChange?> Adjusted(List<ScoreChange?> changes)
    {
        var tested = changes.Index().Where(pair => pair.Item?.P is not null).ToList();
        var adjusted = MultipleTesting.BenjaminiHochberg([.. tested.Select(pair => pair.Item!.P!.Value)]);
        foreach (var (order, (index, change)) in tested.Index())
            changes[index] = change! with { Significant = adjusted[order] <= 0.05 };
        return changes;
    }

    static DateOnly Start(string by, DateOnly day) => CalendarPeriod.StartOf(by, day)!.Value;

    /// <summary>The same period a year earlier; weeks and days meet the same day of the week.</summary>
    public static Window YearBefore(string by, Window period) => by is "day" or "week"
        ? new(period.From.AddDays(-DaysOfAYear), period.To.AddDays(-DaysOfAYear))
        : new(period.From.AddYears(-1), period.To.AddDays(1).AddYears(-1).AddDays(-1));

    sealed record UnitRow(long Id, string Code);

    static class Sql
    {
        // What lies directly below; of the whole company the org units without one above.
        public const string Units = "SELECT id, code FROM customers_v_org_units WHERE parent_id = @Scope OR @Scope = 0 AND parent_id IS NULL ORDER BY code";
    }
}
