using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Indicators;

/// <summary>A version of the library as a tree of weights.</summary>
static class LibraryTree
{
    /// <param name="score">The score of a leaf and its standard error.</param>
    public static WeightedNode Of(LibraryVersion version, Func<Indicator, (double? Score, double? Se)> score)
    {
        var children = version.Live.Where(it => it.Parent is not null).ToLookup(it => it.Parent!, StringComparer.Ordinal);
        return Node(version.Root);

        WeightedNode Node(Indicator it)
        {
            List<WeightedNode> below = [.. children[it.Code].Select(Node)];
            var (value, se) = below.Count > 0 ? (null, null) : score(it);
            return new(it.Code, it.Weight, below, value, se);
        }
    }

    /// <summary>Each live indicator's share of the root.</summary>
    public static IReadOnlyDictionary<string, double> Shares(LibraryVersion version) => WeightedTree.GlobalWeights(Of(version, _ => (null, null)));

    /// <summary>The codes of an indicator and of all that count below it.</summary>
    public static IReadOnlySet<string> Below(LibraryVersion version, string code)
    {
        var children = version.Live.ToLookup(it => it.Parent, it => it.Code);
        return All(code).ToHashSet(StringComparer.Ordinal);

        IEnumerable<string> All(string top) => children[top].SelectMany(All).Prepend(top);
    }
}
