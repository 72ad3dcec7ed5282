using System.Reflection;
using Cem.Kernel.Text;

namespace Cem.Kernel.Html;

/// <summary>One template, named by its path.</summary>
/// <param name="Path">Path inside the project, as the resource is named: <c>Features/Surveys/ListSurveys/ListSurveys.hbs</c>.</param>
/// <param name="Source">Handlebars text.</param>
public sealed record TemplateFile(string Path, string Source)
{
    const string Extension = ".hbs";
    const string Features = "Features/";
    const string KernelPartials = "Html/Partials/";

    /// <summary>
    /// Path without <c>Features/</c> and extension: <c>Surveys/ListSurveys/ListSurveys</c>, <c>Html/Layout</c>; the
    /// kernel's partials have short names: <c>score</c>. Templates of plain text end in <c>.txt</c>.
    /// </summary>
    public string Name { get; } = NameOf(Path);

    /// <summary>Where <c>{{t}}</c> looks for texts: the folder of the slice, the area of an area's partial.</summary>
    public string Scope { get; } = ScopeOf(Path);

    /// <summary>Whether it makes plain text, which is not escaped.</summary>
    public bool IsText => Name.EndsWith(".txt", StringComparison.Ordinal);

    /// <summary>All templates embedded in an assembly.</summary>
    public static IEnumerable<TemplateFile> In(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(Extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(name, reader.ReadToEnd());
        }
    }

    /// <summary>All templates below a folder; none where it does not exist. Slices may be given without <c>Features/</c>.</summary>
    public static IEnumerable<TemplateFile> Below(string folder) =>
        !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => new TemplateFile(InProject(System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')), File.ReadAllText(file)));

    static string InProject(string path) =>
        path.StartsWith(Features, StringComparison.Ordinal) || path.StartsWith("Html/", StringComparison.Ordinal) ? path : Features + path;

    static string NameOf(string path)
    {
        var name = path[..^Extension.Length];
        return name.StartsWith(Features, StringComparison.Ordinal) ? name[Features.Length..]
            : name.StartsWith(KernelPartials, StringComparison.Ordinal) ? name[KernelPartials.Length..]
            : name;
    }

    static string ScopeOf(string path)
    {
        var scope = TextsFile.ScopeOf(path);
        const string partials = "/Partials";
        return scope.EndsWith(partials, StringComparison.Ordinal) ? scope[..^partials.Length] : scope;
    }
}
