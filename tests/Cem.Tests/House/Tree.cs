namespace Cem.Tests.House;

/// <summary>The source tree that the house tests read.</summary>
static class Tree
{
    public static string Root { get; } = FindRoot();

    public static string Source => Path.Combine(Root, "src");

    public static string Features => Path.Combine(Source, "Cem.Server", "Features");

    public static string Tests => Path.Combine(Root, "tests", "Cem.Tests");

    /// <summary>Files below a folder, without what the build leaves there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split('/', '\\').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);

    /// <summary>A path as it is told in a breach.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    /// <summary>Slice folders: the folders of an area but for its schema, its partials and its second axis.</summary>
    public static IReadOnlyList<SliceFolder> Slices(string features) =>
        [.. Directory.EnumerateDirectories(features).Order(StringComparer.Ordinal).SelectMany(area => Directory.EnumerateDirectories(area)
            .Order(StringComparer.Ordinal)
            .Select(folder => new SliceFolder(Path.GetFileName(area), Path.GetFileName(folder), folder))
            .Where(slice => slice.Name is not "Schema" and not "Partials" && !slice.IsAxis))];

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CemMonolith.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the source tree.");
    }
}

/// <summary>One slice on disk.</summary>
sealed record SliceFolder(string Area, string Name, string Folder)
{
    public string MainFile => Path.Combine(Folder, Name + ".cs");

    /// <summary>A second axis of its area: one folder a kind, such as the models.</summary>
    public bool IsAxis => Axes.Contains($"{Area}/{Name}");

    public override string ToString() => $"{Area}/{Name}";

    static readonly HashSet<string> Axes = ["Insights/Models", "Invitations/Rules"];
}
