using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Statistics;
using Cem.Kernel.Text;

namespace Cem.Server.Features.Indicators.ShowIndicators;

/// <param name="Root">The score of the tree, 0 to 100.</param>
/// <param name="Own">The root's own measure, such as the NPS; null where it has none.</param>
/// <param name="Movers">The leaves that moved the root most.</param>
/// <param name="Pending">A version that is still to come, in words; null for none.</param>
/// <param name="Gaps">The leaves without a score, the heaviest first.</param>
sealed record View(
    FilterBar Bar, bool Empty, bool MayEdit, string Answer = "", string RootName = "", Estimate? Root = null, Change? RootChange = null, double Coverage = 0, Estimate? Own = null,
    IReadOnlyList<Row>? Rows = null, IReadOnlyList<Mover>? Movers = null, IReadOnlyList<Gap>? Gaps = null, string Version = "", string? Rebased = null, string? Pending = null);

/// <param name="Sign">up, down, none or few: only what is told from chance moves.</param>
/// <param name="Measured">Its own value in its own unit, with n; empty for none.</param>
/// <param name="Aim">Target and threshold in words; empty for none.</param>
/// <param name="Tone">good or bad for the standing, else none.</param>
sealed record Row(
    string Code, string Name, string Indent, string Level, string Kind, double GlobalWeight, Estimate Score, double? Difference, string Sign, double Coverage,
    string Measured, string Aim, string Standing, string Tone, string? Gap, string? Definition, string? Owner);

/// <param name="Points">Of the root.</param>
sealed record Mover(string Code, string Name, double? From, double? To, double? Points, string Tone);

sealed record Gap(string Code, string Name, double GlobalWeight, string Reason);

/// <summary>Puts a scored tree into the reader's words.</summary>
sealed class ViewMaker(ScopedTexts words, Caller caller, int weeks)
{
    const int MostMovers = 8;

    static readonly double Z = Normal.Z(0.95);

    readonly Formats formats = Formats.For(caller.Language);

    public View Make(FilterBar bar, ScoredTree? tree, LibraryVersion? pending)
    {
        var mayEdit = caller.Is(Roles.Programme);
        if (tree is null)
            return new View(bar, true, mayEdit);
        var root = tree.Root;
        return new View(
            bar, false, mayEdit, Verdict(tree), Name(root), Estimate(root),
            new Change(root.Change?.Difference, root.TooFew ? null : root.Change?.Significant, words.Get("against", ("count", weeks))), root.Coverage,
            root.Own is { } own ? new Estimate(own.Value, own.Low, own.High, own.N) { TooFew = own.N < Reading.Show } : null,
            [.. tree.Nodes.Select(node => Row(node, tree.Version))],
            [.. tree.Movers.Take(MostMovers).Select(node => new Mover(node.It.Code, Name(node), node.ScoreBefore, node.Score, node.Contribution, node.Contribution > 0 ? "good" : "bad"))],
            [.. tree.Gaps.Select(node => new Gap(node.It.Code, Name(node), node.GlobalWeight, words["gap." + node.Gap]))],
            words.Get("version", ("version", tree.Version.Version), ("day", formats.Date(tree.Version.ValidFrom))),
            tree.VersionBefore != tree.Version.Version ? words["rebased"] : null,
            pending is null ? null : words.Get("pending", ("version", pending.Version), ("day", formats.Date(pending.ValidFrom))));
    }

    string Verdict(ScoredTree tree)
    {
        var root = tree.Root;
        var coverage = formats.Percent(root.Coverage);
        return root switch
        {
            { Score: null } => words.Get("answer.none", ("coverage", coverage)),
            { TooFew: true } => words.Get("answer.few", ("n", formats.Number(root.N))),
            { Change.Significant: true } => words.Get(root.Change.Difference > 0 ? "answer.up" : "answer.down",
                ("score", formats.Number(root.Score, 1)), ("coverage", coverage), ("change", formats.Number(Math.Abs(root.Change.Difference), 1)),
                ("mover", tree.Movers.FirstOrDefault(mover => mover.Contribution > 0 == root.Change.Difference > 0) is { } mover ? Name(mover) : "–")),
            { Change: null } => words.Get("answer.first", ("score", formats.Number(root.Score, 1)), ("coverage", coverage)),
            _ => words.Get("answer.same", ("score", formats.Number(root.Score, 1)), ("coverage", coverage), ("change", formats.Signed(root.Change.Difference, 1))),
        };
    }

    Row Row(ScoredNode node, LibraryVersion version)
    {
        var it = node.It;
        var measured = node.Own is { Value: { } value } own ? words.Get("measured", ("value", formats.Number(value, Decimals(value))), ("n", formats.Number(own.N))) : "";
        var aim = string.Join(" / ", new[] { node.Target, node.Threshold }.Select(number => number is { } it ? formats.Number(it, Decimals(it)) : Formats.Nothing));
        return new Row(
            it.Code, Name(node), Outline.Indent(node.Depth), version.LevelNames[it.Level - 1].In(caller.Language), words["kind." + (it.Domain is { } domain ? domain.ToString() : it.Kind == IndicatorKind.X ? "Experience" : "Operational")],
            node.GlobalWeight, Estimate(node) with { Href = "/indicators/" + it.Code }, node.Change?.Difference,
            node.TooFew || node.Change is not { Significant: { } significant } ? "few" : !significant ? "none" : node.Change.Difference > 0 ? "up" : "down",
            node.Coverage, measured, node.Target is null && node.Threshold is null ? "" : aim, node.Standing == "none" ? "" : words["standing." + node.Standing],
            node.Standing == "reached" ? "good" : node is { Standing: "below", SurelyBelow: true } ? "bad" : "none", node.Gap is { } gap ? words["gap." + gap] : null,
            it.Definition?.In(caller.Language), it.Owner);
    }

    static Estimate Estimate(ScoredNode node) => new(
        node.Score, node.Score - Z * node.Se is { } low && node.Se > 0 ? Math.Max(0, low) : null, node.Score + Z * node.Se is { } high && node.Se > 0 ? Math.Min(100, high) : null, node.N)
    { TooFew = node.Score is not null && node.TooFew };

    static int Decimals(double value) => Math.Abs(value) < 10 && value != Math.Round(value) ? 2 : value == Math.Round(value) ? 0 : 1;

    string Name(ScoredNode node) => node.It.Name.In(caller.Language);
}
