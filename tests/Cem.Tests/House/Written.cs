using System.Text.RegularExpressions;
using Cem.Kernel.Html;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cem.Tests.House;

/// <summary>The strings of one top-level type, those of the types nested in it included.</summary>
/// <param name="Scope">Area and slice as texts and templates know them, <c>Surveys/ListSurveys</c>; empty outside the features.</param>
sealed record WrittenType(string Scope, IReadOnlySet<string> Strings)
{
    /// <summary>Whether it answers with pages.</summary>
    public bool DrawsPages { get; init; }

    /// <summary>Whether the code puts this key together or names it: <c>"state.open"</c>, <c>"state." + x</c>, <c>state + "." + x</c>.</summary>
    public bool Says(string key)
    {
        if (Strings.Contains(key))
            return true;
        for (var dot = key.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = key.IndexOf('.', dot + 1))
            if (Strings.Contains(key[..(dot + 1)]) || Strings.Contains(".") && Strings.Contains(key[..dot]))
                return true;
        return false;
    }
}

/// <summary>What the code says in strings, read from the IL, and what the templates say in their tags.</summary>
static partial class Written
{
    const string Features = "Cem.Server.Features.";

    public static IReadOnlyList<WrittenType> In(params IEnumerable<System.Reflection.Assembly> assemblies) => [.. assemblies.SelectMany(assembly =>
    {
        using var definition = AssemblyDefinition.ReadAssembly(assembly.Location);
        // The OpenAPI generator puts every comment of the code into a class of its own.
        return SliceBoundaryTests.Types(definition).Where(type => type.Namespace.StartsWith("Cem.", StringComparison.Ordinal)).Select(type => new WrittenType(ScopeOf(type.Namespace), StringsOf(type).ToHashSet())
        {
            DrawsPages = SliceBoundaryTests.References(type).Any(reference => reference.FullName == typeof(Cem.Kernel.Web.Page).FullName),
        }).ToList();
    })];

    /// <summary>Every string of a type: its constants, and what its methods load.</summary>
    public static IEnumerable<string> StringsOf(TypeDefinition type) =>
        type.Fields.Where(field => field.HasConstant).Select(field => field.Constant).OfType<string>()
            .Concat(type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
                .Where(instruction => instruction.OpCode == OpCodes.Ldstr).Select(instruction => (string)instruction.Operand))
            .Concat(type.NestedTypes.SelectMany(StringsOf));

    /// <summary>The quoted strings in the tags of a template.</summary>
    public static IEnumerable<string> StringsOf(TemplateFile template) =>
        Tag().Matches(template.Source).SelectMany(tag => Quoted().Matches(tag.Value)).Select(quoted => quoted.Groups["text"].Value);

    /// <summary>The partials and frames that a template draws by name.</summary>
    public static IEnumerable<string> PartialsOf(TemplateFile template) => Partial().Matches(template.Source).Select(partial => partial.Groups["name"].Value);

    /// <summary>The fields of forms in a template whose label is a text.</summary>
    public static IEnumerable<string> FieldsOf(TemplateFile template) => Tag().Matches(template.Source).Select(tag => Field().Match(tag.Value))
        .Where(field => field.Success && !field.Value.Contains("label=", StringComparison.Ordinal)).Select(field => field.Groups["name"].Value);

    static string ScopeOf(string @namespace) => !@namespace.StartsWith(Features, StringComparison.Ordinal) ? ""
        : string.Join('/', @namespace[Features.Length..].Split('.').Take(2));

    [GeneratedRegex(@"\{\{(?!~?!).*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<quote>["'])(?<text>.*?)\k<quote>""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{\{~?#?>\s*(?<name>[\w./-]+)")]
    private static partial Regex Partial();

    [GeneratedRegex("""\{\{~?\s*field\s+[\w./@]+\s+["'](?<name>[^"']+)["'].*""", RegexOptions.Singleline)]
    private static partial Regex Field();
}
