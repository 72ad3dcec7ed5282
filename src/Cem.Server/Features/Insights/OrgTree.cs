using System.Collections.Frozen;

namespace Cem.Server.Features.Insights;

/// <summary>A node of our own tree, as the columns need it.</summary>
sealed record OrgNode(long Id, string Code, string Name, long? ParentId, string Kind);

/// <summary>The tree of org units at one moment, for filters and for the dimension <c>branch</c>; replaced whole when a unit changes.</summary>
sealed class OrgTree
{
    readonly FrozenDictionary<long, OrgNode> byId;
    readonly FrozenDictionary<string, OrgNode> byCode;
    readonly ILookup<long, OrgNode> children;

    public OrgTree(IReadOnlyList<OrgNode> nodes)
    {
        byId = nodes.ToFrozenDictionary(node => node.Id);
        byCode = nodes.ToFrozenDictionary(node => node.Code, StringComparer.Ordinal);
        children = nodes.ToLookup(node => node.ParentId ?? 0);
    }

    public IReadOnlyCollection<OrgNode> All => byId.Values;

    public OrgNode? Find(long id) => byId.GetValueOrDefault(id);

    public OrgNode? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The units directly below one; of 0 the roots.</summary>
    public IEnumerable<OrgNode> Below(long id) => children[id];

    /// <summary>A unit and everything under it; 0 is the whole company.</summary>
    public IEnumerable<long> Reach(long id)
    {
        if (id != 0)
            yield return id;
        foreach (var child in children[id])
            foreach (var unit in Reach(child.Id))
                yield return unit;
    }

    /// <summary>Whether a unit lies in the tree of another, itself included; everything lies in 0.</summary>
    public bool Reaches(long ancestor, long id)
    {
        for (long? at = id; at is { } unit; at = Find(unit)?.ParentId)
            if (unit == ancestor)
                return true;
        return ancestor == 0;
    }

    /// <summary>A unit and what lies above it, from below.</summary>
    public IEnumerable<long> Above(long id)
    {
        for (long? at = id; at is { } unit && Find(unit) is { } node; at = node.ParentId)
            yield return unit;
    }

    /// <summary>What is compared within a scope: the branches below it, or where there are none the units directly below.</summary>
    public IReadOnlyList<OrgNode> Parts(long scope)
    {
        var branches = Reach(scope).Where(id => id != scope).Select(Find).OfType<OrgNode>().Where(unit => unit.Kind == "branch").ToList();
        return branches.Count > 0 ? branches : [.. Below(scope)];
    }

    /// <summary>The nearest unit of this kind at or above one; null where there is none.</summary>
    public OrgNode? Nearest(long id, string kind)
    {
        var node = Find(id);
        while (node is not null && node.Kind != kind)
            node = node.ParentId is { } parent ? Find(parent) : null;
        return node;
    }
}
