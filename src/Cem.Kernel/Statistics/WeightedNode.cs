namespace Cem.Kernel.Statistics;

/// <summary>A node of a tree that rolls up by weight; a leaf carries a score, or null where it has none.</summary>
/// <param name="Weight">Among its siblings; need not add up to 1.</param>
/// <param name="Se">Standard error of a leaf's score; null where it is unknown.</param>
public sealed record WeightedNode(string Id, double Weight, IReadOnlyList<WeightedNode> Children, double? Score, double? Se)
{
    public bool IsLeaf => Children.Count == 0;

    /// <summary>This node and all below it, parents first.</summary>
    public IEnumerable<WeightedNode> All() => Children.SelectMany(child => child.All()).Prepend(this);

    public IEnumerable<WeightedNode> Leaves() => All().Where(node => node.IsLeaf);

    /// <summary>The same tree with each leaf's score replaced.</summary>
    public WeightedNode WithScores(Func<WeightedNode, double?> score) => IsLeaf
        ? this with { Score = score(this) }
        : this with { Children = [.. Children.Select(child => child.WithScores(score))] };
}
