using Cem.Contracts.Indicators;
using Cem.Kernel.Html;

namespace Cem.Server.Features.Reports;

/// <summary>The indicator tree of a report: how the root stands, what moved it, and what customers say beside what they and we do.</summary>
/// <param name="Answer">How the tree stands and which way it goes.</param>
/// <param name="Root">Null where too little is measured.</param>
/// <param name="Movers">Leaves that moved the root, the strongest first.</param>
/// <param name="Beside">Families that hold indicators of both kinds.</param>
sealed record IndicatorsView(string Answer, Estimate? Root, IReadOnlyList<MoverLine> Movers, IReadOnlyList<BesideLine> Beside, string? Rest);

/// <param name="Points">Of the root's change.</param>
/// <param name="Tone">good or bad where the leaf's own change is significant, else none.</param>
sealed record MoverLine(string Name, string Href, double? Before, double? Now, double Points, string Tone);

/// <param name="Kind">X or O.</param>
/// <param name="Value">In its own unit.</param>
/// <param name="Score">0 to 100, or that there is too little behind it.</param>
/// <param name="Change">Of the score, and whether it is significant.</param>
/// <param name="Tone">good or bad where the change is significant, else none.</param>
sealed record BesideLine(string Name, string Href, string Kind, string Value, string Score, string Change, string Tone, long N, bool TooFew);

/// <summary>Draws the indicators of a report.</summary>
static class IndicatorViews
{
    const int MostMovers = 5;

    const int MostBeside = 12;

    public static IndicatorsView? Draw(Report report, ReportWords words)
    {
        if (report.Indicators is not [var root, ..])
            return null;
        var leaves = report.Indicators.Where(figure => figure.Leaf).ToList();
        var moved = leaves.Where(leaf => leaf.Contribution is not null and not 0).OrderByDescending(leaf => Math.Abs(leaf.Contribution!.Value)).ToList();
        var beside = leaves.GroupBy(leaf => leaf.Parent).Where(family => family.Select(leaf => leaf.Kind).Distinct().Count() == 2)
            .SelectMany(family => family.Select(leaf => Beside(report, leaf, words))).ToList();
        return new(
            words.Standing(root), root.Score is null ? null : new Estimate(root.Score, root.Lower, root.Upper, root.N) { TooFew = root.TooFew, Href = Link(report, root) },
            [.. moved.Take(MostMovers).Select(leaf => new MoverLine(words.NameOf(leaf), Link(report, leaf), leaf.ScoreBefore, leaf.Score, leaf.Contribution!.Value, Tone(leaf)))],
            [.. beside.Take(MostBeside)], moved.Count > MostMovers ? words.Get("indicators.rest", ("count", moved.Count - MostMovers), ("points", words.Points(moved.Skip(MostMovers).Sum(leaf => leaf.Contribution!.Value)))) : null);
    }

    static BesideLine Beside(Report report, IndicatorFigure leaf, ReportWords words) => new(
        words.NameOf(leaf), Link(report, leaf), leaf.Kind.ToUpperInvariant(), words.Measured(leaf.Value), leaf.TooFew ? words["tooFew"] : words.Points(leaf.Score),
        leaf switch
        {
            { Significant: true } or { Change: null } => words.Signed(leaf.Change),
            { Significant: false } => words.Get("indicators.not", ("change", words.Signed(leaf.Change))),
            _ => words.Get("indicators.open", ("change", words.Signed(leaf.Change))),
        },
        Tone(leaf), leaf.N, leaf.TooFew);

    static string Tone(IndicatorFigure leaf) => leaf.Significant != true ? "none" : leaf.Change > 0 ? "good" : "bad";

    static string Link(Report report, IndicatorFigure figure) =>
        Urls.Build($"/indicators/{Uri.EscapeDataString(figure.Code)}", report.ScopeCode is { } unit ? [KeyValuePair.Create("orgUnit", unit)] : []);
}
