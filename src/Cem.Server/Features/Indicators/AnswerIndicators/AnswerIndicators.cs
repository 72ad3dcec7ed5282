using Cem.Contracts.Indicators;
using Cem.Kernel.Statistics;
using MediatR;

namespace Cem.Server.Features.Indicators.AnswerIndicators;

/// <summary>Tells the other areas how the indicators stand.</summary>
sealed class Handler(TreeScorer scorer) : IRequestHandler<AskIndicators, IReadOnlyList<IndicatorFigure>>
{
    static readonly double Z = Normal.Z(0.95);

    public async Task<IReadOnlyList<IndicatorFigure>> Handle(AskIndicators request, CancellationToken cancellationToken)
    {
        var before = request is { CompareFrom: { } from, CompareTo: { } to } ? new Window(from, to) : null;
        var tree = await scorer.Score(request.Scope, new Part(request.Filter), new Window(request.From, request.To), before, cancellationToken);
        return tree is null ? [] : [.. tree.Nodes.Select(node => Figure(tree, node))];
    }

    static IndicatorFigure Figure(ScoredTree tree, ScoredNode node)
    {
        var it = node.It;
        var half = node.Se > 0 ? Z * node.Se : null;
        return new IndicatorFigure(
            it.Code, it.Name.En, it.Name.Zh, it.Level, it.Parent, it.Kind == IndicatorKind.X ? "x" : "o", it.Touchpoint, node.Score,
            node.Score - half is { } low ? Math.Max(0, low) : null, node.Score + half is { } high ? Math.Min(100, high) : null, node.N, node.TooFew,
            node.Own?.Value, node.Change?.Difference, node.TooFew ? null : node.Change?.Significant, node.Standing)
        {
            Version = tree.Version.Version, Leaf = node.IsLeaf, ScoreBefore = node.ScoreBefore, Coverage = node.Coverage, CoverageBefore = node.CoverageBefore, Contribution = node.Contribution,
            Gap = node.Gap, TargetScore = AsScore(node, node.Target), ThresholdScore = AsScore(node, node.Threshold),
        };
    }

    /// <summary>Where a value of an indicator's own measure stands between its goalposts; what is measured and also has others below it has a score that is theirs.</summary>
    static double? AsScore(ScoredNode node, double? aim) =>
        node.It.Measure is null ? aim : node.IsLeaf && aim is { } value && node.It.Goalposts() is var (best, worst) ? Goalposts.Score(value, worst, best) : null;
}
