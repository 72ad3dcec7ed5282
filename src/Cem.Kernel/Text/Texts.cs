using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Cem.Kernel.Text;

/// <summary>
/// Every text people read, in every language. Texts stand beside the slice that uses them; a slice sees its own, then
/// its area's, then the kernel's common ones. Strict: an unknown key or a missing argument is an error, and a key that
/// lacks a language keeps the server from starting, so no reader ever meets a raw key.
/// </summary>
public sealed class Texts
{
    readonly FrozenDictionary<string, FrozenDictionary<string, Dictionary<string, TextPattern>>> _scopes;
    readonly ConcurrentDictionary<string, FrozenDictionary<string, Dictionary<string, TextPattern>>> _nearest = new(StringComparer.Ordinal);

    /// <param name="files">All files; every fault in any of them is reported at once.</param>
    /// <exception cref="InvalidDataException">A file is malformed, a language is missing, two files share a scope.</exception>
    public Texts(IEnumerable<TextsFile> files)
    {
        var faults = new List<string>();
        var scopes = new Dictionary<string, Dictionary<string, Dictionary<string, TextPattern>>>(StringComparer.Ordinal);
        foreach (var file in files)
            if (!scopes.TryAdd(file.Scope, file.Parse(faults)))
                faults.Add($"{file.Path}: its folder already has texts");
        if (faults.Count > 0)
            throw new InvalidDataException("Texts: " + string.Join("; ", faults));
        Keys = [.. scopes.SelectMany(s => s.Value.Keys.Select(key => (Scope: s.Key, Key: key))).Order()];
        _scopes = scopes.ToFrozenDictionary(s => s.Key, s => Inherit(scopes, s.Key), StringComparer.Ordinal);
    }

    /// <summary>Reads the texts embedded in the kernel and in the assemblies given.</summary>
    public static Texts Load(params IEnumerable<Assembly> assemblies) =>
        new(assemblies.Prepend(typeof(Texts).Assembly).Distinct().SelectMany(TextsFile.In));

    /// <summary>Every (scope, key) that is defined, for tests.</summary>
    public IReadOnlyList<(string Scope, string Key)> Keys { get; }

    /// <summary>The texts of one slice in one language.</summary>
    public ScopedTexts For(string language, string scope) => new(this, language, scope);

    /// <summary>Whether the key can be seen from the scope.</summary>
    public bool Has(string scope, string key) => Seen(scope).ContainsKey(key);

    /// <summary>The text with its arguments put in: strings as they are, numbers and dates as the language writes them.</summary>
    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    /// <param name="scope">Path of the slice: <c>Surveys/ListSurveys</c>.</param>
    /// <param name="key">Key in the slice's, area's or kernel's file.</param>
    /// <param name="args">Named arguments; <c>count</c> also chooses between singular and plural.</param>
    /// <exception cref="KeyNotFoundException">The key or an argument is missing, or the language is unknown.</exception>
    public string Get(string language, string scope, string key, params ReadOnlySpan<(string Name, object? Value)> args)
    {
        var pattern = Pattern(language, scope, key);
        if (pattern.Plain is { } plain) return plain;
        var values = new Dictionary<string, object?>(args.Length, StringComparer.Ordinal);
        foreach (var (name, value) in args) values[name] = value;
        var formats = Formats.For(language);
        var text = new StringBuilder();
        pattern.For(values.GetValueOrDefault).Write(
            literal => text.Append(literal),
            name => text.Append(formats.Argument(values.TryGetValue(name, out var value) ? value : throw Missing(scope, key, name))));
        return text.ToString();
    }

    /// <exception cref="KeyNotFoundException">The key or the language is unknown.</exception>
    internal TextPattern Pattern(string language, string scope, string key)
    {
        if (!Seen(scope).TryGetValue(key, out var languages))
            throw new KeyNotFoundException($"No text \"{key}\" for \"{scope}\", its area or the kernel");
        return languages.TryGetValue(language, out var pattern)
            ? pattern
            : throw new KeyNotFoundException($"\"{language}\" is not one of the languages {string.Join(", ", Languages.All)}");
    }

    internal static KeyNotFoundException Missing(string scope, string key, string name) =>
        new($"The text \"{key}\" of \"{scope}\" needs the argument \"{name}\"");

    FrozenDictionary<string, Dictionary<string, TextPattern>> Seen(string scope) =>
        _scopes.TryGetValue(scope, out var own) ? own : _nearest.GetOrAdd(scope, Nearest);

    FrozenDictionary<string, Dictionary<string, TextPattern>> Nearest(string scope)
    {
        for (var path = scope; path.Length > 0;)
        {
            path = Parent(path);
            if (_scopes.TryGetValue(path, out var found)) return found;
        }
        return FrozenDictionary<string, Dictionary<string, TextPattern>>.Empty;
    }

    static FrozenDictionary<string, Dictionary<string, TextPattern>> Inherit(
        Dictionary<string, Dictionary<string, Dictionary<string, TextPattern>>> scopes, string scope)
    {
        var all = new Dictionary<string, Dictionary<string, TextPattern>>(StringComparer.Ordinal);
        for (var path = scope; ; path = Parent(path))
        {
            if (scopes.TryGetValue(path, out var texts))
                foreach (var (key, languages) in texts) all.TryAdd(key, languages);
            if (path.Length == 0) return all.ToFrozenDictionary(StringComparer.Ordinal);
        }
    }

    static string Parent(string scope) => scope.LastIndexOf('/') is var slash and >= 0 ? scope[..slash] : "";
}

/// <summary>The texts of one slice in one language.</summary>
public readonly record struct ScopedTexts(Texts Texts, string Language, string Scope)
{
    /// <summary>A text without arguments.</summary>
    public string this[string key] => Texts.Get(Language, Scope, key);

    /// <summary>A text that need not exist; null where it does not.</summary>
    public string? Find(string key) => Texts.Has(Scope, key) ? this[key] : null;

    /// <inheritdoc cref="Texts.Get"/>
    public string Get(string key, params ReadOnlySpan<(string Name, object? Value)> args) => Texts.Get(Language, Scope, key, args);
}
