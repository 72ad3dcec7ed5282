namespace Cem.Server.Features.Insights.Models.IndicatorTree;

/// <summary>What a node comes to.</summary>
/// <param name="Score">Null when too little of its weight has data.</param>
/// <param name="Coverage">Share, by weight, of the leaves below it that have data; 0..1.</param>
/// <param name="Se">Of independent leaves; null with the score, or when a contributing leaf has none.</param>
internal sealed record IndicatorScore(double? Score, double Coverage, double? Se);

/// <summary>Roll-up of an indicator tree by weights, with the coverage that keeps a gap from reading as an improvement.</summary>
internal static class IndicatorTreeMath
{
    // Weights such as .3 + .2 must reach a minimum of .5.
    const double Rounding = 1e-12;

    /// <summary>
    /// Every node's score by id: Σws/Σw over the children that have one, where these hold at least
    /// <paramref name="minCoverage"/> of the siblings' weight.
    /// </summary>
    public static IReadOnlyDictionary<string, IndicatorScore> Score(Indicator root, double minCoverage)
    {
        var scores = new Dictionary<string, IndicatorScore>(StringComparer.Ordinal);
        Visit(root);
        return scores;

        IndicatorScore Visit(Indicator node)
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
    public static IReadOnlyDictionary<string, double> GlobalWeights(Indicator root) => Weights(root, _ => true);

    /// <summary>The weight with which each leaf enters the root's score, where only nodes with a score count; empty when the root has none.</summary>
    public static IReadOnlyDictionary<string, double> EffectiveWeights(Indicator root, double minCoverage)
    {
        var scores = Score(root, minCoverage);
        return scores[root.Id].Score is null ? new Dictionary<string, double>() : Weights(root, node => scores[node.Id].Score is not null);
    }

    static Dictionary<string, double> Weights(Indicator root, Func<Indicator, bool> counts)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        Visit(root, 1);
        return weights;

        void Visit(Indicator node, double weight)
        {
            weights[node.Id] = weight;
            var children = node.Children.Where(counts).ToList();
            var all = children.Sum(child => child.Weight);
            foreach (var child in children) Visit(child, all > 0 ? weight * child.Weight / all : 0);
        }
    }
}
