namespace Cem.Server.Features.Insights.Models.IndicatorTree;

/// <summary>A node of an indicator tree; a leaf carries a score, or null where it has none.</summary>
/// <param name="Weight">Among its siblings; need not add up to 1.</param>
internal sealed record Indicator(string Id, double Weight, IReadOnlyList<Indicator> Children, double? Score, double? Se)
{
    public bool IsLeaf => Children.Count == 0;

    /// <summary>This node and all below it, parents first.</summary>
    public IEnumerable<Indicator> All() => Children.SelectMany(child => child.All()).Prepend(this);

    public IEnumerable<Indicator> Leaves() => All().Where(node => node.IsLeaf);

    /// <summary>The same tree with each leaf's score replaced.</summary>
    public Indicator WithScores(Func<Indicator, double?> score) => IsLeaf
        ? this with { Score = score(this) }
        : this with { Children = [.. Children.Select(child => child.WithScores(score))] };
}
