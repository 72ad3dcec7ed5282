using System.Diagnostics;
using System.Globalization;
using Cem.Kernel.Data;
using Cem.Kernel.Time;

namespace Cem.Benchmarks.Insights;

/// <summary>The same five histograms asked of the sqlite3 command, on a copy of the server's own database with an index made for them.</summary>
static class SqliteScores
{
    const int Rounds = 6;

    static readonly string[] Keys = ["org_unit_id", "touchpoint", "role", "product", "day / 100"];

    /// <summary>Median time of all five as the command itself tells it, the first round left out.</summary>
    public static async Task<TimeSpan> Median(Store store, DateOnly from, DateOnly to)
    {
        var folder = Directory.CreateTempSubdirectory("cem-benchmark");
        try
        {
            var copy = Path.Combine(folder.FullName, "copy.db");
            store.CopyTo(copy);
            var where = string.Create(CultureInfo.InvariantCulture,
                $"WHERE measure = 'nps' AND channel IN ('mail', 'app') AND region IN ('north', 'south', 'east') AND interested = 0 AND day BETWEEN {Day.Number(from)} AND {Day.Number(to)}");
            var queries = Keys.Select(key => $"SELECT {key}, score, COUNT(*) FROM responses_scores {where} GROUP BY 1, 2;");
            var output = await Run(copy,
                $"""
                CREATE INDEX covering ON responses_scores (measure, channel, region, interested, day, org_unit_id, touchpoint, role, product, score);
                ANALYZE;
                .timer on
                {string.Join('\n', Enumerable.Repeat(queries, Rounds).SelectMany(round => round))}
                """);
            var times = output.Split('\n').Where(line => line.StartsWith("Run Time: real ", StringComparison.Ordinal))
                .Select(line => TimeSpan.FromSeconds(double.Parse(line.Split(' ')[3], CultureInfo.InvariantCulture)))
                .Chunk(Keys.Length).Skip(1).Select(round => round.Aggregate((sum, time) => sum + time)).ToList();
            return times.Count == Rounds - 1 ? Measure.Median(times) : throw new InvalidDataException($"sqlite3 said: {output}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<string> Run(string database, string script)
    {
        using var command = Process.Start(new ProcessStartInfo("sqlite3", [database]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var output = command.StandardOutput.ReadToEndAsync();
        await command.StandardInput.WriteAsync(script);
        command.StandardInput.Close();
        await command.WaitForExitAsync();
        return await output;
    }
}
