using System.Text.Json;
using System.Text.RegularExpressions;
using Cem.Kernel.Html;
using Cem.Kernel.Text;

namespace Cem.Tests.House;

/// <summary>
/// Texts: every key that templates and code use is there (in both languages, else the server does not start), and every key
/// that is there is used.
/// </summary>
public sealed partial class TextTests
{
    [Test]
    public void Every_key_is_used_by_a_template_or_the_code_of_its_place()
    {
        var texts = Load();

        Breaches.None(texts.Keys, Unused(texts.Keys, TemplateTests.Code(), TemplateTests.Files()), "Texts that nobody reads:");
    }

    [Test]
    public void Every_key_that_is_used_is_there()
    {
        var texts = Load();
        var sources = Tree.Files(Tree.Features, "*.cs").Select(file => (Scope: ScopeOf(file), Source: File.ReadAllText(file))).ToList();
        var files = TemplateTests.Files();

        Breaches.None(sources, Missing(texts, sources).Concat(Unlabelled(texts, files)), "Texts that are not there:");
    }

    [Test]
    public void The_rules_bite()
    {
        var texts = new Texts(
        [
            new("Features/Near/Near.texts.json", Json("section", "shared", "orphan")),
            new("Features/Near/ListThings/ListThings.texts.json", Json("title", "state.open", "kind.old", "field.name", "field.name.hint", "field.gone", "done.saved", "done.gone")),
        ]);
        TemplateFile[] files = [new("Features/Near/ListThings/ListThings.hbs", """<h1 title="{{t "title"}}">{{t (concat "state." x)}}{{field form "name"}}{{field form "other"}}{{field form "own" label=x}}</h1>""")];
        WrittenType[] code = [new("Near", new HashSet<string> { "shared" }), new("Near/ListThings", new HashSet<string> { "/things?done=saved" }), new("Far/Other", new HashSet<string> { "orphan", "kind." })];
        var source = """words["title"] words["state." + x] words.Get("none", ("n", 1)) words["kinds." + kind] texts.Get(language, "Near/ListThings", "absent")""";

        Assert.That(Unused(texts.Keys, code, files), Is.EquivalentTo(new[] { "Near: orphan", "Near/ListThings: kind.old", "Near/ListThings: field.gone", "Near/ListThings: done.gone" }));
        Assert.That(Missing(texts, [("Near/ListThings", source)]), Is.EquivalentTo(new[] { "Near/ListThings uses none", "Near/ListThings uses kinds.…", "Near/ListThings uses absent" }));
        Assert.That(Unlabelled(texts, files), Is.EqualTo(new[] { "Near/ListThings/ListThings has a field without field.other" }));
    }

    /// <summary>Every Chinese text, as it stands in the files.</summary>
    internal static IEnumerable<(string Scope, string Key, string Words)> All() =>
        TextsFile.In(typeof(Texts).Assembly).Concat(TextsFile.In(typeof(Program).Assembly)).SelectMany(file => JsonElement.Parse(file.Json).EnumerateObject()
            .Select(entry => (file.Scope, entry.Name, entry.Value.GetProperty(Languages.Chinese).ToString())));

    static Texts Load() => Texts.Load(typeof(Program).Assembly);

    static string Json(params string[] keys) => JsonSerializer.Serialize(keys.ToDictionary(key => key, key => new Dictionary<string, string> { [Languages.English] = key, [Languages.Chinese] = key }));

    static IEnumerable<string> Unused(IEnumerable<(string Scope, string Key)> keys, IReadOnlyList<WrittenType> code, IReadOnlyList<TemplateFile> files)
    {
        var tags = files.Select(file => (file.Scope, Said: new WrittenType(file.Scope, Written.StringsOf(file).ToHashSet()), Fields: Written.FieldsOf(file).ToHashSet())).ToList();
        foreach (var (scope, key) in keys)
        {
            var near = code.Where(type => Within(type.Scope, scope) || Above(type.Scope, scope)).ToList();
            var drawn = tags.Where(file => Within(file.Scope, scope)).ToList();
            var used = key.Split('.') switch
            {
                ["section"] => files.Any(file => Within(file.Scope, scope)),
                // What was done is often done by another slice of the area.
                ["done", var done] => code.Where(type => Within(type.Scope, scope.Split('/')[0])).Any(type =>
                    type.Strings.Any(text => text.Contains("done=" + done, StringComparison.Ordinal)) || type.Strings.Contains(done) && type.Strings.Any(text => text.EndsWith("done=", StringComparison.Ordinal))),
                ["field", _, ..] => drawn.Any(file => file.Fields.Any(field => key == "field." + field || key == $"field.{field}.hint")),
                ["navigation"] => near.Any(type => type.Scope == scope && type.Strings.Any(text => text.StartsWith('/'))),
                _ => near.Any(type => type.Says(key)) || drawn.Any(file => file.Said.Says(key)),
            };
            if (!used)
                yield return $"{scope}: {key}";
        }
    }

    static IEnumerable<string> Missing(Texts texts, IEnumerable<(string Scope, string Source)> sources)
    {
        foreach (var (scope, source) in sources)
            foreach (Match use in Use().Matches(source))
            {
                var key = use.Groups["key"].Value;
                var isPrefix = use.Groups["more"].Success;
                // A helper of the area is used in the scopes of its slices.
                var places = scope.Contains('/', StringComparison.Ordinal) ? [scope] : texts.Keys.Select(text => text.Scope).Where(place => Within(place, scope)).Append(scope);
                if (!places.Any(place => isPrefix ? Visible(texts, place).Any(known => known.StartsWith(key, StringComparison.Ordinal)) : texts.Has(place, key)))
                    yield return $"{scope} uses {key}{(isPrefix ? "…" : "")}";
            }
    }

    static IEnumerable<string> Unlabelled(Texts texts, IEnumerable<TemplateFile> files) => files.SelectMany(file => Written.FieldsOf(file)
        .Where(field => !texts.Has(file.Scope, "field." + field)).Select(field => $"{file.Name} has a field without field.{field}"));

    static IEnumerable<string> Visible(Texts texts, string scope) => texts.Keys.Where(text => Above(text.Scope, scope) || text.Scope == scope).Select(text => text.Key);

    static bool Within(string scope, string place) => place.Length == 0 || scope == place || scope.StartsWith(place + "/", StringComparison.Ordinal);

    /// <summary>An area's helpers, and the second axes, speak in the words of the slices that use them.</summary>
    static bool Above(string scope, string place) => scope.Length == 0 || place.StartsWith(scope + "/", StringComparison.Ordinal);

    static string ScopeOf(string file) => string.Join('/', Path.GetRelativePath(Tree.Features, Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar).Take(2));

    [GeneratedRegex("""\b(?:words(?:\[|\.Get\()|texts\.Get\([^"()]*"[\w/]+", )"(?<key>[^"{}]+)"(?<more>\s*\+)?""")]
    private static partial Regex Use();
}
