using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Cem.Benchmarks.Columns;

/// <summary>The half filter and the five breakdowns asked of the sqlite3 command, with an index that covers them.</summary>
static class SqliteCommand
{
    const string Where = "FROM answers WHERE channel < 2 AND region < 3 GROUP BY 1, 2;";

    static readonly string[] Breakdowns = ["unit", "touchpoint", "role", "product", "month"];

    /// <summary>Median time of all five as the command itself tells it; null where there is no such command.</summary>
    public static async Task<TimeSpan?> Median(Answers answers)
    {
        var folder = Directory.CreateTempSubdirectory("cem-benchmark");
        try
        {
            var csv = Path.Combine(folder.FullName, "answers.csv");
            await WriteCsv(answers, csv);
            var rounds = Enumerable.Repeat(Breakdowns.Select(name => $"SELECT {name}, value, count(*) {Where}"), 6).SelectMany(round => round);
            var output = await Ask(Path.Combine(folder.FullName, "answers.db"),
                $"""
                CREATE TABLE answers(unit INT, region INT, product INT, channel INT, role INT, touchpoint INT, month INT, value INT);
                .import --csv {csv} answers
                CREATE INDEX covering ON answers(channel, region, unit, touchpoint, role, product, month, value);
                ANALYZE;
                .timer on
                {string.Join('\n', rounds)}
                """);
            var times = output.Split('\n').Where(line => line.StartsWith("Run Time: real ", StringComparison.Ordinal))
                .Select(line => TimeSpan.FromSeconds(double.Parse(line.Split(' ')[3], CultureInfo.InvariantCulture)))
                .Chunk(Breakdowns.Length).Skip(1).Select(round => round.Aggregate((sum, time) => sum + time)).ToList();
            return times.Count == 5 ? Measure.Median(times) : throw new InvalidDataException($"sqlite3 said: {output}");
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task WriteCsv(Answers answers, string path)
    {
        await using var file = new StreamWriter(path);
        for (var row = 0; row < answers.Day.Length; row++)
        {
            var day = Answers.First.AddDays(answers.Day[row]);
            var codes = answers.Codes;
            await file.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"{codes[0][row]},{codes[1][row]},{codes[3][row]},{codes[4][row]},{codes[5][row]},{codes[6][row]},{day.Year * 100 + day.Month},{answers.Value[row]}\n"));
        }
    }

    static async Task<string> Ask(string database, string script)
    {
        using var command = Process.Start(new ProcessStartInfo("sqlite3", [database])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var output = command.StandardOutput.ReadToEndAsync();
        await command.StandardInput.WriteAsync(script);
        command.StandardInput.Close();
        await command.WaitForExitAsync();
        return await output;
    }
}
