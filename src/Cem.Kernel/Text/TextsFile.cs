using System.Reflection;
using System.Text.Json;

namespace Cem.Kernel.Text;

/// <summary>
/// One <c>*.texts.json</c>: <c>{ "key": { "en": "...", "zh-CN": "..." } }</c>, where a value is a string or
/// <c>{ "one": "...", "other": "..." }</c>. Its scope is the path of its folder.
/// </summary>
/// <param name="Path">Path inside the project, as the resource is named: <c>Features/Surveys/ListSurveys/ListSurveys.texts.json</c>.</param>
/// <param name="Json">Content.</param>
public sealed record TextsFile(string Path, string Json)
{
    const string Extension = ".texts.json";

    /// <summary><c>Surveys/ListSurveys</c> for a slice, <c>Surveys</c> for an area, empty for the kernel.</summary>
    public string Scope { get; } = ScopeOf(Path);

    /// <summary>All files embedded in an assembly, in the order of their names.</summary>
    public static IEnumerable<TextsFile> In(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(Extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(name, reader.ReadToEnd());
        }
    }

    /// <summary>The scope that a file of a feature folder belongs to; everything outside <c>Features/</c> is the kernel's.</summary>
    internal static string ScopeOf(string path)
    {
        const string features = "Features/";
        if (!path.StartsWith(features, StringComparison.Ordinal)) return "";
        var end = path.LastIndexOf('/');
        return end < features.Length ? "" : path[features.Length..end];
    }

    /// <summary>Adds every fault found to <paramref name="faults"/> and returns what is sound.</summary>
    internal Dictionary<string, Dictionary<string, TextPattern>> Parse(List<string> faults)
    {
        var texts = new Dictionary<string, Dictionary<string, TextPattern>>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(Json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                if (!texts.TryAdd(entry.Name, Languages(entry, faults)))
                    faults.Add($"{Path}: \"{entry.Name}\" is written twice");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            faults.Add($"{Path}: {e.Message}");
        }
        return texts;
    }

    Dictionary<string, TextPattern> Languages(JsonProperty entry, List<string> faults)
    {
        var patterns = new Dictionary<string, TextPattern>(StringComparer.Ordinal);
        foreach (var language in entry.Value.EnumerateObject())
        {
            if (!Text.Languages.Knows(language.Name))
            {
                faults.Add($"{Path}: \"{entry.Name}\" has the unknown language \"{language.Name}\"");
                continue;
            }
            try
            {
                patterns[language.Name] = language.Value.ValueKind == JsonValueKind.String
                    ? TextPattern.Parse(language.Value.GetString()!)
                    : TextPattern.Parse(language.Value.GetProperty("other").GetString()!, language.Value.GetProperty("one").GetString()!);
            }
            catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidOperationException)
            {
                faults.Add($"{Path}: \"{entry.Name}\" in {language.Name}: {e.Message}");
            }
        }
        foreach (var language in Text.Languages.All.Where(l => !patterns.ContainsKey(l)))
            faults.Add($"{Path}: \"{entry.Name}\" has no {language}");
        if (patterns.Count == Text.Languages.All.Count && patterns.Values.Any(p => !Same(p, patterns.Values.First())))
            faults.Add($"{Path}: \"{entry.Name}\" has other arguments in one language than in another");
        return patterns;
    }

    // A singular may say "one" in words, and a language without plural forms need not repeat the count.
    static bool Same(TextPattern a, TextPattern b) =>
        a.Names.Except(["count"]).ToHashSet().SetEquals(b.Names.Except(["count"]));
}
