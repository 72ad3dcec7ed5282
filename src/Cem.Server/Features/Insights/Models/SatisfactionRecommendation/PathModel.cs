namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>How inner weights follow from the scores of neighbouring constructs.</summary>
internal enum InnerScheme
{
    /// <summary>Regression on predecessors, correlation with successors.</summary>
    Path,

    /// <summary>The sign of the correlation.</summary>
    Centroid,

    /// <summary>The correlation.</summary>
    Factorial,
}

/// <summary>A latent construct and the items that measure it, by their place in the list of items.</summary>
/// <param name="ModeB">Outer weights by regression instead of covariance.</param>
internal sealed record Construct(string Name, IReadOnlyList<int> Items, bool ModeB);

/// <summary>What causes what: constructs, and paths between them by their place in the list.</summary>
internal sealed record PathModel(IReadOnlyList<Construct> Constructs, IReadOnlyList<(int From, int To)> Paths, InnerScheme Scheme)
{
    /// <summary>The constructs that a path leads from to this one.</summary>
    public int[] Predecessors(int construct) => [.. Paths.Where(path => path.To == construct).Select(path => path.From)];

    public int[] Successors(int construct) => [.. Paths.Where(path => path.From == construct).Select(path => path.To)];

    /// <summary>The largest number of arrows that point at one construct, from other constructs or, in mode B, from items.</summary>
    public int LargestArrows => Enumerable.Range(0, Constructs.Count).Max(k => Math.Max(Predecessors(k).Length, Constructs[k].ModeB ? Constructs[k].Items.Count : 0));

    /// <summary>[from, to]: whether one construct acts on another, directly or through others. The paths form no circle.</summary>
    public bool[,] Effects()
    {
        var effects = new bool[Constructs.Count, Constructs.Count];
        foreach (var to in CausesFirst() ?? [])
            foreach (var through in Predecessors(to))
            {
                effects[through, to] = true;
                for (var from = 0; from < Constructs.Count; from++) effects[from, to] |= effects[from, through];
            }
        return effects;
    }

    /// <summary>The constructs ordered so that causes come before effects; null when paths form a circle.</summary>
    public IReadOnlyList<int>? CausesFirst()
    {
        var order = new List<int>();
        while (order.Count < Constructs.Count)
        {
            var next = Enumerable.Range(0, Constructs.Count).Where(k => !order.Contains(k)).FirstOrDefault(k => Predecessors(k).All(order.Contains), -1);
            if (next < 0) return null;
            order.Add(next);
        }
        return order;
    }
}
