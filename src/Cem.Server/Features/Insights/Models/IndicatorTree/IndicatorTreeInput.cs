using Cem.Kernel.Statistics;

namespace Cem.Server.Features.Insights.Models.IndicatorTree;

/// <summary>Reads an indicator tree: nested under <c>tree</c>, or flat as <c>nodes</c> that name their <c>parent</c>.</summary>
internal static class IndicatorTreeInput
{
    /// <summary>The fields of which one must be given.</summary>
    public static readonly string[] Fields = ["tree", "nodes"];

    static readonly string[] NodeFields = ["id", "weight", "children", "score", "se"];

    public static WeightedNode Read(ModelInput read)
    {
        var root = read.Has("nodes") ? Flat(read) : Nested(read.Object("tree", NodeFields), true, []);
        return root;
    }

    static WeightedNode Nested(ModelInput node, bool isRoot, HashSet<string> seen)
    {
        var id = node.Text("id");
        if (!seen.Add(id)) throw node.Refuse("id", ModelRefusal.Inconsistent, $"\"{id}\" stands in the tree twice: an indicator has one parent, and is never below itself.");
        var children = node.Has("children")
            ? node.Objects("children", NodeFields).Select(child => Nested(child, false, seen)).ToList()
            : [];
        return Node(node, id, isRoot, children, "children");
    }

    static WeightedNode Flat(ModelInput read)
    {
        if (read.Has("tree")) throw read.Refuse("nodes", ModelRefusal.Inconsistent, "Send either tree or nodes, not both.");
        var nodes = read.Objects("nodes", "id", "parent", "weight", "score", "se");
        var byId = new Dictionary<string, ModelInput>(StringComparer.Ordinal);
        foreach (var node in nodes)
            if (!byId.TryAdd(node.Text("id"), node)) throw node.Refuse("id", ModelRefusal.Inconsistent, $"\"{node.Text("id")}\" is given twice: an indicator has one parent.");
        foreach (var node in nodes)
            if (node.Has("parent") && !byId.ContainsKey(node.Text("parent"))) throw node.Refuse("parent", ModelRefusal.Inconsistent, $"There is no node \"{node.Text("parent")}\".");
        var roots = nodes.Where(node => !node.Has("parent")).ToList();
        if (roots.Count != 1) throw read.Refuse("nodes", ModelRefusal.Inconsistent, $"Exactly one node must have no parent, not {roots.Count}.");
        var children = nodes.Where(node => node.Has("parent")).ToLookup(node => node.Text("parent"), StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var root = Build(roots[0], 0);
        if (byId.Keys.FirstOrDefault(id => !reached.Contains(id)) is { } lost)
            throw byId[lost].Refuse("parent", ModelRefusal.Inconsistent, $"\"{lost}\" is above itself: its parents form a circle.");
        return root;

        WeightedNode Build(ModelInput node, int depth)
        {
            var id = node.Text("id");
            if (depth > 100) throw node.Refuse("parent", ModelRefusal.OutOfRange, "The tree is deeper than 100 levels.");
            reached.Add(id);
            return Node(node, id, depth == 0, [.. children[id].Select(child => Build(child, depth + 1))], "id");
        }
    }

    static WeightedNode Node(ModelInput node, string id, bool isRoot, List<WeightedNode> children, string childrenField)
    {
        var weight = isRoot ? node.Number("weight", 1) : node.Number("weight");
        if (weight < 0) throw node.Refuse("weight", ModelRefusal.OutOfRange, FormattableString.Invariant($"The weight of \"{id}\" must not be negative, and is {weight}."));
        if (node.NumberOrNull("se") < 0) throw node.Refuse("se", ModelRefusal.OutOfRange, $"The standard error of \"{id}\" must not be negative.");
        if (children.Count > 0 && node.Has("score")) throw node.Refuse("score", ModelRefusal.Inconsistent, $"\"{id}\" has children and takes its score from them.");
        if (children.Count > 0 && !(children.Sum(child => child.Weight) > 1e-100)) throw node.Refuse(childrenField, ModelRefusal.OutOfRange, $"The weights below \"{id}\" are all 0.");
        return new(id, weight, children, node.NumberOrNull("score"), node.NumberOrNull("se"));
    }
}
