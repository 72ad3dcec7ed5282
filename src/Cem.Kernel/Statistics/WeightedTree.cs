namespace Cem.Kernel.Statistics;

/// <summary>What a node comes to.</summary>
/// <param name="Score">Null when too little of its weight has data.</param>
/// <param name="Coverage">Share, by weight, of the leaves below it that have data; 0..1.</param>
/// <param name="Se">Of independent leaves; null with the score, or when a contributing leaf has none.</param>
public sealed record NodeScore(double? Score, double Coverage, double? Se);

/// <summary>How a root moved and which leaves moved it.</summary>
/// <param name="Before">The root's score on the leaves that both states share; null when too little of it has data.</param>
/// <param name="Unshared">Leaves that have a score in only one of the two states.</param>
/// <param name="ByLeaf">Each leaf's part of the change, in points of the root; null where it has none. Parts add up to the change.</param>
public sealed record TreeChange(double? Before, double? After, IReadOnlySet<string> Unshared, IReadOnlyDictionary<string, double?> ByLeaf);

/// <summary>Roll-up of a tree by weights, with the coverage that keeps a gap from reading as an improvement.</summary>
public static class WeightedTree
{
    // Weights such as .3 + .2 must reach a minimum of .5.
    const double Rounding = 1e-12;

    /// <summary>
    /// Every node's score by id: Σws/Σw over the children that have one, where these hold at least
    /// <paramref name="minCoverage"/> of the siblings' weight.
    /// </summary>
    public static IReadOnlyDictionary<string, NodeScore> Score(WeightedNode root, double minCoverage)
    {
        var scores = new Dictionary<string, NodeScore>(StringComparer.Ordinal);
        Visit(root);
        return scores;

        NodeScore Visit(WeightedNode node)
        {
            scores.Add(node.Id, null!);
            if (node.IsLeaf) return scores[node.Id] = new(node.Score, node.Score is null ? 0 : 1, node.Se);
            var all = node.Children.Sum(child => child.Weight);
            double weight = 0, sum = 0, coverage = 0;
            double? variance = 0;
            foreach (var child in node.Children)
            {
                var below = Visit(child);
                coverage += child.Weight / all * below.Coverage;
                if (below.Score is not { } score) continue;
                weight += child.Weight;
                sum += child.Weight * score;
                // A child of weight 0 adds nothing, not even what is unknown of it.
                if (child.Weight > 0) variance += child.Weight * child.Weight * below.Se * below.Se;
            }
            return scores[node.Id] = weight > 0 && weight / all >= minCoverage - Rounding
                ? new(sum / weight, coverage, variance is { } v ? Math.Sqrt(v) / weight : null)
                : new(null, coverage, null);
        }
    }

    /// <summary>Every node's weight in the root: the product of its normalised sibling weights on the way down.</summary>
    public static IReadOnlyDictionary<string, double> GlobalWeights(WeightedNode root) => Weights(root, _ => true);

    /// <summary>The weight with which each leaf enters the root's score, where only nodes with a score count; empty when the root has none.</summary>
    public static IReadOnlyDictionary<string, double> EffectiveWeights(WeightedNode root, double minCoverage)
    {
        var scores = Score(root, minCoverage);
        return scores[root.Id].Score is null ? new Dictionary<string, double>() : Weights(root, node => scores[node.Id].Score is not null);
    }

    /// <summary>
    /// What moved the root between two states of one tree: each leaf's weight in the root times its change. Leaves that have a
    /// score in only one of the two are left out of both.
    /// </summary>
    /// <param name="before">The tree with its earlier scores.</param>
    /// <param name="after">The later score of a leaf.</param>
    public static TreeChange Contributions(WeightedNode before, Func<WeightedNode, double?> after, double minCoverage)
    {
        var leaves = before.Leaves().ToList();
        var later = leaves.ToDictionary(leaf => leaf.Id, after, StringComparer.Ordinal);
        var unshared = leaves.Where(leaf => leaf.Score is null != later[leaf.Id] is null).Select(leaf => leaf.Id).ToHashSet(StringComparer.Ordinal);
        var from = before.WithScores(leaf => unshared.Contains(leaf.Id) ? null : leaf.Score);
        var to = from.WithScores(leaf => unshared.Contains(leaf.Id) ? null : later[leaf.Id]);
        double? rootBefore = Score(from, minCoverage)[from.Id].Score, rootAfter = Score(to, minCoverage)[to.Id].Score;
        var weights = EffectiveWeights(from, minCoverage);
        return new(rootBefore, rootAfter, unshared, leaves.ToDictionary(leaf => leaf.Id, leaf =>
            unshared.Contains(leaf.Id) || leaf.Score is not { } was || later[leaf.Id] is not { } now || rootBefore is null
                ? null
                : (double?)(weights.GetValueOrDefault(leaf.Id) * (now - was)), StringComparer.Ordinal));
    }

    static Dictionary<string, double> Weights(WeightedNode root, Func<WeightedNode, bool> counts)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        Visit(root, 1);
        return weights;

        void Visit(WeightedNode node, double weight)
        {
            weights[node.Id] = weight;
            var children = node.Children.Where(counts).ToList();
            var all = children.Sum(child => child.Weight);
            foreach (var child in children) Visit(child, all > 0 ? weight * child.Weight / all : 0);
        }
    }
}
