namespace Cem.Server.Features.Insights.Models.KeyDrivers;

/// <summary>The complete rows of an outcome and its drivers.</summary>
/// <param name="Columns">One array a driver, in the order of <paramref name="Drivers"/>.</param>
/// <param name="Excluded">Rows with anything missing.</param>
internal sealed record DriverData(IReadOnlyList<string> Drivers, IReadOnlyList<double[]> Columns, double[] Outcome, int Excluded)
{
    public static readonly string[] Fields = [.. Table.Fields, "outcome", "outcomeColumn", "outcomeRecode", "drivers", "missingCode", "filter"];

    public int N => Outcome.Length;

    /// <summary>The outcome takes only two values.</summary>
    public bool IsBinary => Outcome.Distinct().Take(3).Count() == 2;

    /// <summary>Reads the columns and keeps the complete rows; the missing code means no answer in drivers and in a rated outcome.</summary>
    public static DriverData Read(ModelInput read)
    {
        var table = RowFilter.Apply(read, Table.Of(read));
        var drivers = read.DistinctTexts("drivers");
        foreach (var driver in drivers) table.Column(read, "drivers", driver);
        var missing = read.NumberOrNull("missingCode");
        var outcome = OutcomeColumn.Read(read, table, missing);
        if (drivers.Contains(read.TextOrNull("outcomeColumn") ?? read.Text("outcome"), StringComparer.Ordinal))
            throw read.Refuse("drivers", ModelRefusal.Inconsistent, "The outcome cannot be its own driver.");
        var columns = drivers.Select(driver => table.Numbers(driver, missing)).ToList();
        List<int> complete = [.. Enumerable.Range(0, table.Count).Where(i => outcome[i] is not null && columns.TrueForAll(column => column[i] is not null))];
        return new(drivers, [.. columns.Select(column => complete.Select(i => column[i]!.Value).ToArray())],
            [.. complete.Select(i => outcome[i]!.Value)], table.Count - complete.Count);
    }

    /// <summary>Only the drivers for which the condition holds, by their index.</summary>
    public DriverData Keep(IReadOnlyList<int> drivers) => this with { Drivers = [.. drivers.Select(j => Drivers[j])], Columns = [.. drivers.Select(j => Columns[j])] };

    /// <summary>The rows drawn with replacement.</summary>
    public DriverData Resample(Random random)
    {
        int[] rows = [.. Enumerable.Range(0, N).Select(_ => random.Next(N))];
        return this with { Columns = [.. Columns.Select(column => rows.Select(i => column[i]).ToArray())], Outcome = [.. rows.Select(i => Outcome[i])] };
    }
}
