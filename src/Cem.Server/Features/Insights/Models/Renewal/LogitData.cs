using Cem.Server.Features.Insights.Models.KeyDrivers;

namespace Cem.Server.Features.Insights.Models.Renewal;

/// <summary>The rows of a logistic regression: named features and an outcome of 0 and 1.</summary>
/// <param name="Features">One array a feature, in the order of <paramref name="Names"/>; null is missing.</param>
/// <param name="Excluded">Rows without an outcome.</param>
internal sealed record LogitData(IReadOnlyList<string> Names, IReadOnlyList<double?[]> Features, bool[] Y, int Excluded)
{
    public static readonly string[] Fields = [.. Table.Fields, "outcome", "outcomeColumn", "outcomeRecode", "features", "rows", "filter", "x", "y"];

    public int N => Y.Length;

    public int Events => Y.Count(y => y);

    public static LogitData Read(ModelInput read) => read.Has("x") ? OfLists(read) : OfTable(read);

    /// <summary>The rows for which the condition holds.</summary>
    public LogitData Where(Func<int, bool> keep)
    {
        List<int> rows = [.. Enumerable.Range(0, N).Where(keep)];
        return this with { Features = [.. Features.Select(column => rows.Select(i => column[i]).ToArray())], Y = [.. rows.Select(i => Y[i])] };
    }

    /// <summary>The rows without a gap, the others counted as excluded.</summary>
    public LogitData Complete()
    {
        var complete = Where(i => Features.All(column => column[i] is not null));
        return complete with { Excluded = Excluded + N - complete.N };
    }

    /// <summary>The feature columns of complete rows.</summary>
    public IReadOnlyList<double[]> Columns => [.. Features.Select(column => column.Select(v => v!.Value).ToArray())];

    static LogitData OfTable(ModelInput read)
    {
        var table = RowRule.Apply(read, RowFilter.Apply(read, Table.Of(read)));
        var (names, specs) = FeatureSpecs(read);
        var features = specs.Select((spec, k) => Column(read, table, names[k], spec)).ToList();
        var outcome = OutcomeColumn.Read(read, table, null);
        if (Array.FindIndex(outcome, value => value is not (null or 0 or 1)) is >= 0 and var row)
            throw read.Refuse("outcome", ModelRefusal.OutOfRange, FormattableString.Invariant($"The outcome is 0 or 1, not {outcome[row]} as in row {row}; name what counts as 1, as in Churn=Yes."));
        return Of(names, features, outcome);
    }

    static LogitData OfLists(ModelInput read)
    {
        foreach (var field in new[] { "data", "features", "outcome" })
            if (read.Has(field)) throw read.Refuse(field, ModelRefusal.Inconsistent, "Send either data or x and y, not both.");
        var y = read.NumbersOrNulls("y");
        for (var i = 0; i < y.Count; i++)
            if (y[i] is not (null or 0 or 1)) throw new ModelRefusal(ModelRefusal.OutOfRange, $"/y/{i}", FormattableString.Invariant($"An outcome is 0 or 1, not {y[i]}."));
        List<double?[]> features;
        if (read.IsMatrix("x"))
        {
            var rows = read.Rows("x");
            if (rows.Count != y.Count) throw read.Refuse("x", ModelRefusal.Inconsistent, $"There are {y.Count} outcomes and {rows.Count} rows of x.");
            features = [.. Enumerable.Range(0, rows.Count == 0 ? 0 : rows[0].Count).Select(j => rows.Select(row => row[j]).ToArray())];
        }
        else
        {
            features = [[.. read.NumbersOrNulls("x")]];
            if (features[0].Length != y.Count) throw read.Refuse("x", ModelRefusal.Inconsistent, $"There are {y.Count} outcomes and {features[0].Length} values of x.");
        }
        return Of(features.Count == 1 ? ["x"] : [.. features.Select((_, j) => $"x{j + 1}")], features, y);
    }

    static LogitData Of(IReadOnlyList<string> names, List<double?[]> features, IReadOnlyList<double?> outcome)
    {
        List<int> rows = [.. Enumerable.Range(0, outcome.Count).Where(i => outcome[i] is not null)];
        return new(names, [.. features.Select(column => rows.Select(i => column[i]).ToArray())], [.. rows.Select(i => outcome[i] == 1)], outcome.Count - rows.Count);
    }

    // {"fiber": "InternetService=Fiber optic"}, or a list of columns.
    static (IReadOnlyList<string> Names, IReadOnlyList<string> Specs) FeatureSpecs(ModelInput read)
    {
        if (read.IsList("features")) return (read.DistinctTexts("features"), read.Texts("features"));
        var map = read.Map("features");
        if (map.Names.Count == 0) throw read.Refuse("features", ModelRefusal.OutOfRange, "features must name at least one.");
        return (map.Names, [.. map.Names.Select(map.Text)]);
    }

    static double?[] Column(ModelInput read, Table table, string name, string spec)
    {
        if (table.Has(spec)) return table.Numbers(spec);
        if (spec.Split('=', 2) is [var column, var value] && table.Has(column)) return OutcomeColumn.Is(table.Cells(column), value);
        throw read.Refuse("features", ModelRefusal.Inconsistent, $"Feature \"{name}\": data has no column \"{spec}\".");
    }
}
