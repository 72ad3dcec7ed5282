using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Security;
using Cem.Kernel.Statistics;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Indicators.ShowIndicator;

/// <param name="Own">Its own measure; null where it has none.</param>
/// <param name="Standing">Against target and threshold, in words; empty where there is neither.</param>
/// <param name="Comparisons">Against the weeks before and against last year, in words.</param>
/// <param name="Family">Whether others stand below it, whose weights can be set.</param>
/// <param name="Untold">What no row of the second table counts, in words; empty for nothing.</param>
/// <param name="Leaves">What it is made of, the strongest mover first.</param>
sealed record View(
    FilterBar Bar, string Code, string Name, string? Definition, IReadOnlyList<NavigationEntry> Trail, bool MayEdit, bool Family, string Answer, Estimate Score, Estimate? Own, double Coverage,
    string Standing, string Tone, IReadOnlyList<string> Facts, IReadOnlyList<Change> Comparisons, TrendChart Trend, string Heading, IReadOnlyList<PeriodRow> Periods, string ByName, IReadOnlyList<KeyRow> Keys, string Untold,
    IReadOnlyList<LeafRow> Leaves, IReadOnlyList<Gap> Gaps, string Version);

sealed record Move(double? Difference, string Sign);

/// <param name="Moves">Against the period before, the 12 before, and a year earlier.</param>
sealed record PeriodRow(string Name, Estimate Score, double Coverage, string? Href, IReadOnlyList<Move> Moves);

/// <param name="Moves">Against as long before, the 12 before, and a year earlier.</param>
sealed record KeyRow(string Name, string? Href, Estimate Score, double Coverage, IReadOnlyList<Move> Moves);

/// <param name="Evidence">Where the answers or rows are; null where the reader may not see them.</param>
/// <param name="Points">Of the whole tree's change.</param>
sealed record LeafRow(string Code, string Name, Estimate Score, double? Before, double? Points, string? Evidence, string Source);

sealed record Gap(string Code, string Name, double GlobalWeight, string Reason);

/// <summary>Puts one scored indicator into the reader's words.</summary>
/// <param name="name">What a value of a dimension is called.</param>
sealed class ViewMaker(ScopedTexts words, Caller caller, TreeFilter filter, Func<string, string, string> name)
{
    static readonly double Z = Normal.Z(0.95);

    readonly Formats formats = Formats.For(caller.Language);

    public View Make(
        FilterBar bar, ScoredTree tree, ScoredNode node, ScoreChange? lastYear, string over, IReadOnlyList<SeriesRow> periods, string by, IReadOnlyList<SeriesRow> keys, IReadOnlyList<Indicator> untold)
    {
        var it = node.It;
        var below = LibraryTree.Below(tree.Version, it.Code);
        var leaves = tree.Nodes.Where(leaf => leaf.IsLeaf && below.Contains(leaf.It.Code)).ToList();
        return new View(
            bar, it.Code, Name(node), it.Definition?.In(caller.Language), Trail(tree, node), caller.Is(Roles.Programme), !node.IsLeaf, Answer(node), Estimate(node),
            node.Own is { Value: not null } own && it.Measure is not null ? new Estimate(own.Value, own.Low, own.High, own.N) { TooFew = own.N < Reading.Show, Href = Evidence(node, tree.Now), Decimals = 1 } : null, node.Coverage,
            node.Standing == "none" ? "" : words["standing." + node.Standing], node.Standing == "reached" ? "good" : node.SurelyBelow ? "bad" : "none", [.. Facts(tree, node)],
            [new Change(node.Change?.Difference, node.TooFew ? null : node.Change?.Significant, words.Get("against.before", ("count", filter.Weeks))), new Change(lastYear?.Difference, node.TooFew ? null : lastYear?.Significant, words["against.year"])],
            new TrendChart(words.Get("trend", ("name", Name(node))), [.. periods.Select(row => new TrendPoint(Short(over, row), Long(over, row), Estimate(row.Node) with { Href = Evidence(row.Node, row.Period) })
            {
                Tone = row.Node is { TooFew: false, Change: { Significant: true } change } ? change.Difference > 0 ? "good" : "bad" : "none",
            })]) { Least = 0, Most = 100, Target = it.Measure is null ? node.Target : null },
            words["over." + over], [.. periods.Reverse().Select(row => new PeriodRow(Long(over, row), Estimate(row.Node), row.Node.Coverage, Evidence(row.Node, row.Period), [Move(row.Node, row.Node.Change), Move(row.Node, row.Trailing), Move(row.Node, row.LastYear)]))],
            words["by." + by], [.. keys.Select(row => new KeyRow(
                name(by, row.Key!), by is "branch" or "orgUnit" ? filter.Link($"/indicators/{it.Code}", ("orgUnit", row.Key)) : Evidence(row.Node, row.Period, by, row.Key),
                Estimate(row.Node), row.Node.Coverage, [Move(row.Node, row.Node.Change), Move(row.Node, row.Trailing), Move(row.Node, row.LastYear)]))],
            untold.Count == 0 ? "" : words.Get("by.untold", ("names", string.Join(words["between"], untold.Select(leaf => leaf.Name.In(caller.Language))))),
            [.. leaves.Where(leaf => leaf.Score is not null).OrderByDescending(leaf => Math.Abs(leaf.Contribution ?? 0)).Select(leaf => new LeafRow(
                leaf.It.Code, Name(leaf), Estimate(leaf), leaf.ScoreBefore, leaf.Contribution, Evidence(leaf, tree.Now), words.Get(leaf.It.Measure?.IsX() == true ? "answers" : "rows", ("count", leaf.N))))],
            [.. leaves.Where(leaf => leaf.Score is null).Select(leaf => new Gap(leaf.It.Code, Name(leaf), leaf.GlobalWeight, words["gap." + leaf.Gap]))],
            words.Get("version", ("version", tree.Version.Version), ("day", formats.Date(tree.Version.ValidFrom))));
    }

    string Answer(ScoredNode node)
    {
        var score = formats.Number(node.Score, 1);
        return node switch
        {
            { Score: null } => words.Get("answer.none", ("coverage", formats.Percent(node.Coverage))),
            { TooFew: true } => words.Get("answer.few", ("n", formats.Number(node.N))),
            { Change.Significant: true } => words.Get(node.Change.Difference > 0 ? "answer.up" : "answer.down", ("name", Name(node)), ("score", score), ("change", formats.Number(Math.Abs(node.Change.Difference), 1))),
            { Change: null } => words.Get("answer.first", ("name", Name(node)), ("score", score)),
            _ => words.Get("answer.same", ("name", Name(node)), ("score", score), ("change", formats.Signed(node.Change.Difference, 1))),
        };
    }

    IEnumerable<string> Facts(ScoredTree tree, ScoredNode node)
    {
        yield return tree.Version.LevelNames[node.It.Level - 1].In(caller.Language);
        yield return words.Get("fact.share", ("share", formats.Percent(node.GlobalWeight, 1)));
        if (node.It.Owner is { } owner)
            yield return words.Get("fact.owner", ("owner", owner));
        if (node.Target is { } target)
            yield return words.Get("fact.target", ("value", formats.Number(target, 1)));
        if (node.Threshold is { } threshold)
            yield return words.Get("fact.threshold", ("value", formats.Number(threshold, 1)));
    }

    IReadOnlyList<NavigationEntry> Trail(ScoredTree tree, ScoredNode node)
    {
        var above = new List<NavigationEntry>();
        for (var code = node.It.Parent; code is not null; code = tree.Nodes.First(it => it.It.Code == code).It.Parent)
            above.Insert(0, new NavigationEntry(Name(tree.Nodes.First(it => it.It.Code == code)), $"/indicators/{code}"));
        return [new NavigationEntry(words["section"], "/indicators"), .. above, new NavigationEntry(Name(node), "", Current: true)];
    }

    /// <summary>The answers or the source behind an indicator that is measured; what is made of others leads to these.</summary>
    string? Evidence(ScoredNode node, Window days, string? dimension = null, string? key = null)
    {
        if (node.It.Measure is not { } measure)
            return "#leaves";
        if (!measure.IsX())
            return caller.Is(Roles.Programme) ? $"/data/sources/{Uri.EscapeDataString(measure.Source ?? measure.Numerator!.Source)}" : null;
        var own = dimension is null or "touchpoint" ? null : Narrowing.Parameters.FirstOrDefault(pair => pair.Dimension == dimension).Parameter;
        var touchpoint = dimension == "touchpoint" ? key : measure.Touchpoints is [var only] ? only : filter.Touchpoint;
        return filter.Link("/responses",
            [
                ("period", $"{days.From:yyyy-MM-dd}..{days.To:yyyy-MM-dd}"), ("survey", measure.Survey ?? filter.Survey), ("touchpoint", touchpoint),
                ("measure", measure.Type switch { MeasureType.Nps => "nps", MeasureType.CsatTopBox => "csat", MeasureType.CesEasy or MeasureType.CesMean => "ces", _ => null }),
                .. own is null ? Array.Empty<(string, string?)>() : [(own, key)], ("interested", "0"),
            ]);
    }

    string Short(string over, SeriesRow row) => over == "month" ? formats.Month(row.Period.From)
        : "W" + System.Globalization.ISOWeek.GetWeekOfYear(row.Period.From.ToDateTime(TimeOnly.MinValue)).ToString("00", System.Globalization.CultureInfo.InvariantCulture);

    string Long(string over, SeriesRow row) => over == "month" ? formats.Month(row.Period.From) : words.Get("range", ("from", formats.DayMonth(row.Period.From)), ("to", formats.Date(row.Period.To)));

    static Move Move(ScoredNode node, ScoreChange? change) => new(change?.Difference, node.TooFew || change?.Significant is not { } significant ? "few" : !significant ? "none" : change.Difference > 0 ? "up" : "down");

    static Estimate Estimate(ScoredNode node) => new(
        node.Score, node.Score - Z * node.Se is { } low && node.Se > 0 ? Math.Max(0, low) : null, node.Score + Z * node.Se is { } high && node.Se > 0 ? Math.Min(100, high) : null, node.N)
    { TooFew = node.Score is not null && node.TooFew };

    string Name(ScoredNode node) => node.It.Name.In(caller.Language);
}
