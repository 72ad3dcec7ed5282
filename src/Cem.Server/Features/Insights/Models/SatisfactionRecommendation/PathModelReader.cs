namespace Cem.Server.Features.Insights.Models.SatisfactionRecommendation;

/// <summary>Reads constructs and paths, and refuses what is no recursive path model, by name.</summary>
internal static class PathModelReader
{
    /// <param name="items">The items that vary, in the order of the data.</param>
    public static PathModel Read(ModelInput read, List<(string Name, IReadOnlyList<string> Items)> blocks, IReadOnlyList<string> items, InnerScheme scheme)
    {
        var names = blocks.ConvertAll(block => block.Name);
        var modeB = read.Has("modeB") ? read.Texts("modeB") : [];
        foreach (var name in modeB) Find(read, "modeB", names, name);
        var places = items.Select((item, j) => (item, j)).ToDictionary(pair => pair.item, pair => pair.j, StringComparer.Ordinal);
        List<Construct> constructs = [.. blocks.Select(block => new Construct(block.Name, [.. block.Items.Where(places.ContainsKey).Select(item => places[item])], modeB.Contains(block.Name, StringComparer.Ordinal)))];
        if (constructs.Find(construct => construct.Items.Count == 0) is { } empty)
            throw read.Refuse("blocks", ModelRefusal.NotComputable, $"No item of \"{empty.Name}\" varies.");

        var paths = read.TextPairs("paths").Select(pair => (Find(read, "paths", names, pair.First), Find(read, "paths", names, pair.Second))).ToList();
        if (paths.Distinct().Count() < paths.Count) throw read.Refuse("paths", ModelRefusal.Inconsistent, "A path is named twice.");
        for (var k = 0; k < names.Count; k++)
            if (!paths.Exists(path => path.Item1 == k || path.Item2 == k)) throw read.Refuse("paths", ModelRefusal.Inconsistent, $"No path leads to or from \"{names[k]}\".");
        var model = new PathModel(constructs, paths, scheme);
        return model.CausesFirst() is null
            ? throw read.Refuse("paths", ModelRefusal.Inconsistent, "The paths form a circle: a construct cannot cause itself.")
            : model;
    }

    static int Find(ModelInput read, string field, List<string> names, string name) => names.IndexOf(name) is >= 0 and var place
        ? place
        : throw read.Refuse(field, ModelRefusal.Inconsistent, $"There is no block \"{name}\".");
}
