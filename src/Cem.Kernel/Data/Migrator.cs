#pragma warning disable RS0030, CA2100 // connections live in this folder; the scripts are embedded
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Cem.Kernel.Data;

/// <summary>
/// Brings a database file to the schema of this program: embedded <c>Features/&lt;Area&gt;/Schema/NNNN_what.sql</c> and the
/// kernel's own, numbered without gaps in each area, journalled with their hash, each in one transaction, forward only;
/// a copy of the file is put beside it before the first pending one.
/// </summary>
public static partial class Migrator
{
    /// <returns>The names of the scripts that were run.</returns>
    /// <exception cref="InvalidDataException">A script that ran before has changed, is missing, or a number has a gap.</exception>
    public static IReadOnlyList<string> Migrate(string file, params IEnumerable<Assembly> assemblies)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var scripts = Scripts(assemblies);
        using var connection = Store.OpenForWriting(file);
        Run(connection, """
            CREATE TABLE IF NOT EXISTS kernel_schema_journal (
              name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID
            """);
        var applied = Applied(connection);
        var unknown = applied.Keys.Except(scripts.Select(script => script.Name)).Order().ToList();
        if (unknown.Count > 0)
            throw new InvalidDataException($"This data folder was written by a newer version; it holds {string.Join(", ", unknown)}, which this program does not know.");
        var changed = scripts.Where(script => applied.TryGetValue(script.Name, out var hash) && hash != script.Hash).Select(script => script.Name).ToList();
        if (changed.Count > 0)
            throw new InvalidDataException($"Schema scripts changed after they were run: {string.Join(", ", changed)}. Schemas only go forward; add a new script.");
        var pending = scripts.Where(script => !applied.ContainsKey(script.Name)).ToList();
        if (pending.Count > 0 && applied.Count > 0)
            BackUp(connection, file);
        foreach (var script in pending)
            Apply(connection, script);
        return [.. pending.Select(script => script.Name)];
    }

    static void Apply(SqliteConnection connection, Script script)
    {
        using var transaction = connection.BeginTransaction();
        try
        {
            Run(connection, script.Sql);
        }
        catch (SqliteException fault)
        {
            throw new InvalidDataException($"The schema script {script.Name} failed: {fault.Message}", fault);
        }
        using var journal = connection.CreateCommand();
        journal.CommandText = "INSERT INTO kernel_schema_journal (name, hash, applied_at) VALUES (@Name, @Hash, CAST(unixepoch('subsec') * 1000 AS INTEGER))";
        journal.Parameters.AddWithValue("@Name", script.Name);
        journal.Parameters.AddWithValue("@Hash", script.Hash);
        journal.ExecuteNonQuery();
        transaction.Commit();
    }

    static void BackUp(SqliteConnection connection, string file)
    {
        var number = 1;
        string copy;
        do
            copy = string.Create(CultureInfo.InvariantCulture, $"{file}.before-upgrade-{number++}");
        while (File.Exists(copy));
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO @File";
        command.Parameters.AddWithValue("@File", copy);
        command.ExecuteNonQuery();
    }

    static Dictionary<string, string> Applied(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, hash FROM kernel_schema_journal";
        using var reader = command.ExecuteReader();
        var applied = new Dictionary<string, string>();
        while (reader.Read())
            applied[reader.GetString(0)] = reader.GetString(1);
        return applied;
    }

    static List<Script> Scripts(IEnumerable<Assembly> assemblies)
    {
        var scripts = new List<Script>();
        foreach (var assembly in assemblies.Prepend(typeof(Migrator).Assembly).Distinct())
            foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
                if (ScriptName().Match(resource) is { Success: true } match)
                    scripts.Add(new Script($"{match.Groups["area"].Value}/{match.Groups["file"].Value}", int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), Read(assembly, resource)));
        foreach (var area in scripts.GroupBy(script => script.Name[..script.Name.IndexOf('/', StringComparison.Ordinal)]))
            if (!area.Select(script => script.Number).Order().SequenceEqual(Enumerable.Range(1, area.Count())))
                throw new InvalidDataException($"The schema scripts of {area.Key} are not numbered from 0001 without gaps.");
        return scripts;
    }

    static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"^(Features/)?(?<area>\w+)/Schema/(?<file>(?<number>\d{4})_\w+\.sql)$")]
    private static partial Regex ScriptName();

    sealed record Script(string Name, int Number, string Sql)
    {
        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
    }
}
