using System.Text.Json;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Cem.Tests.House;

/// <summary>
/// An area reads and writes its own tables and reads the published views (<c>&lt;area&gt;_v_…</c>) of others; the kernel's tables
/// are the kernel's. Every string of the assembly that is SQL is read, and every schema script.
/// </summary>
public sealed partial class SqlBoundaryTests
{
    [Test]
    public void Slices_touch_tables_of_their_own_area_and_published_views_only()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);
        var statements = Statements(SliceBoundaryTests.Types(assembly), "Cem.Server.Features").ToList();

        Breaches.None(statements, Find(statements, Areas()), "SQL reached over a boundary:");
    }

    [Test]
    public void Schema_scripts_make_and_refer_to_things_of_their_own_area_only()
    {
        var scripts = Tree.Files(Tree.Features, "*.sql").ToList();

        Breaches.None(scripts, scripts.SelectMany(file =>
        {
            var area = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))!;
            return InSchema(area, File.ReadAllText(file)).Select(breach => $"{Path.GetRelativePath(Tree.Features, file)}: {breach}");
        }), "A schema script reaches over a boundary, or a table is not STRICT:");
    }

    /// <summary>It is a union: a constant finds its way into both halves, a joined value reads every event there is.</summary>
    [Test]
    public void Nobody_joins_the_view_of_events()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);
        var statements = Statements(SliceBoundaryTests.Types(assembly), "Cem.Server.Features").Select(statement => statement.Sql)
            .Concat(Tree.Files(Tree.Features, "*.sql").Select(File.ReadAllText)).ToList();

        Breaches.None(statements, statements.Where(statement => statement.Contains("JOIN operational_data_v_events", StringComparison.Ordinal)), "The view of events is joined:");
    }

    [Test]
    public void The_rules_bite()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(SqlBoundaryTests).Assembly.Location);
        var statements = Statements(SliceBoundaryTests.Types(assembly), "Cem.Tests.House.Specimens.Features").ToList();

        Assert.That(Find(statements, ["Near", "Far"]), Is.EquivalentTo(new[] { "Far/KeepToItself: near_things" }));
        Assert.That(InSchema("Near", """
            CREATE TABLE near_things (id INTEGER PRIMARY KEY, far INTEGER REFERENCES far_things (id)) STRICT;
            CREATE TABLE loose (id INTEGER PRIMARY KEY);
            CREATE VIEW near_v_things AS SELECT id FROM near_things;
            """), Is.EquivalentTo(new[] { "refers to far_things", "makes loose", "loose is not STRICT" }));
    }

    internal static string Prefix(string area) => JsonNamingPolicy.SnakeCaseLower.ConvertName(area) + "_";

    static IReadOnlyList<string> Areas() => [.. Directory.EnumerateDirectories(Tree.Features).Select(folder => Path.GetFileName(folder))];

    static IEnumerable<string> Find(IEnumerable<(string Area, string Slice, string Sql)> statements, IReadOnlyList<string> areas)
    {
        var prefixes = areas.Select(Prefix).ToList();
        foreach (var (area, slice, sql) in statements)
            foreach (var table in Tables(sql))
                if (!table.StartsWith(Prefix(area), StringComparison.Ordinal)
                    && !table.StartsWith("kernel_v_", StringComparison.Ordinal)
                    && !prefixes.Any(prefix => table.StartsWith(prefix + "v_", StringComparison.Ordinal))
                    && (prefixes.Any(prefix => table.StartsWith(prefix, StringComparison.Ordinal)) || table.StartsWith("kernel_", StringComparison.Ordinal) || table.StartsWith("sqlite_", StringComparison.Ordinal)))
                    yield return $"{area}/{slice}: {table}";
    }

    static IEnumerable<string> InSchema(string area, string sql)
    {
        sql = Comment().Replace(sql, "");
        foreach (Match made in Made().Matches(sql))
            if (!made.Groups["name"].Value.StartsWith(Prefix(area), StringComparison.Ordinal))
                yield return $"makes {made.Groups["name"].Value}";
        foreach (Match loose in Table().Matches(sql))
            if (!loose.Groups["end"].Value.Contains("STRICT", StringComparison.OrdinalIgnoreCase))
                yield return $"{loose.Groups["name"].Value} is not STRICT";
        foreach (Match reference in Reference().Matches(sql))
            if (!reference.Groups["name"].Value.StartsWith(Prefix(area), StringComparison.Ordinal))
                yield return $"refers to {reference.Groups["name"].Value}";
    }

    /// <summary>The names after FROM, JOIN, INTO, UPDATE and the like that are not common table expressions of the statement.</summary>
    internal static IEnumerable<string> Tables(string sql)
    {
        var named = Named().Matches(sql).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Touched().Matches(sql).Select(match => match.Groups["name"].Value).Where(name => !named.Contains(name)).Distinct();
    }

    static IEnumerable<(string Area, string Slice, string Sql)> Statements(IEnumerable<TypeDefinition> types, string root)
    {
        foreach (var type in types)
            if (type.Namespace.StartsWith(root + ".", StringComparison.Ordinal))
            {
                var parts = type.Namespace[(root.Length + 1)..].Split('.');
                foreach (var text in Written.StringsOf(type).Where(text => Sql().IsMatch(text)))
                    yield return (parts[0], parts.Length > 1 ? parts[1] : "", text);
            }
    }

    [GeneratedRegex(@"^\s*(--[^\n]*\n\s*)*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sql();

    [GeneratedRegex(@"\b(?:FROM|JOIN|INTO|UPDATE)\s+(?<name>[a-z_][a-z0-9_]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Touched();

    [GeneratedRegex(@"(?:\bWITH|\bRECURSIVE|,)\s*(?<name>[a-z_][a-z0-9_]*)\s*(?:\([^()]*\))?\s+AS\s*(?:NOT\s+MATERIALIZED\s*|MATERIALIZED\s*)?\(", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bCREATE\s+(?:UNIQUE\s+)?(?:TABLE|VIEW|INDEX|TRIGGER|VIRTUAL\s+TABLE)\s+(?:IF\s+NOT\s+EXISTS\s+)?(?<name>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Made();

    [GeneratedRegex(@"\bCREATE\s+TABLE\s+(?<name>\w+)\s*\((?:[^;]*)\)(?<end>[^;)]*);", RegexOptions.IgnoreCase)]
    private static partial Regex Table();

    [GeneratedRegex(@"\bREFERENCES\s+(?<name>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
