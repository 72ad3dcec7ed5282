namespace Cem.Server.Features.Insights.Models.KeyDrivers;

/// <summary>
/// Reads an outcome as numbers: a column; a column recoded by <c>outcomeRecode</c>; <c>Churn=Yes</c> as 1 where the
/// cell is that; or <c>satisfaction01</c> as 0 and 1 of a column <c>satisfaction</c> of two opposite words.
/// </summary>
internal static class OutcomeColumn
{
    static readonly string[] Negations = ["dis", "un", "not ", "non-", "non", "no ", "in", "不", "非", "未"];

    static readonly (string Zero, string One)[] Opposites =
        [("no", "yes"), ("false", "true"), ("0", "1"), ("否", "是"), ("bad", "good"), ("low", "high"), ("lost", "kept")];

    public static double?[] Read(ModelInput read, Table table, double? missingCode)
    {
        var outcome = read.Text("outcome");
        var column = read.TextOrNull("outcomeColumn");
        if (column is not null) table.Column(read, "outcomeColumn", column);
        if (read.Has("outcomeRecode")) return Recoded(read, table.Cells(column ?? table.Column(read, "outcome", outcome)));
        if (column is null && table.Has(outcome)) return table.Numbers(outcome, missingCode);
        if (outcome.Split('=', 2) is [var name, var value] && table.Has(name)) return Is(table.Cells(name), value);
        if (outcome.EndsWith("01", StringComparison.Ordinal) && (column ?? outcome[..^2]) is var source && table.Has(source))
            return ZeroOne(read, table.Cells(source));
        return table.Numbers(column ?? table.Column(read, "outcome", outcome), missingCode);
    }

    /// <summary>1 where the cell is the value, 0 where it is another, missing where it is blank.</summary>
    public static double?[] Is(string[] cells, string value) =>
        [.. cells.Select(cell => cell.Length == 0 ? (double?)null : cell == value ? 1 : 0)];

    static double?[] Recoded(ModelInput read, string[] cells)
    {
        var map = read.Map("outcomeRecode");
        var codes = map.Names.ToDictionary(name => name, map.NumberOrNull, StringComparer.Ordinal);
        return [.. cells.Select(cell => codes.GetValueOrDefault(cell))];
    }

    static double?[] ZeroOne(ModelInput read, string[] cells)
    {
        var words = cells.Where(cell => cell.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (words is not [var a, var b])
            throw read.Refuse("outcome", ModelRefusal.Inconsistent, $"A 0/1 outcome needs a column of two values, not {words.Count}; say which is which by outcomeRecode.");
        if (Negates(a, b)) return Is(cells, b);
        if (Negates(b, a)) return Is(cells, a);
        throw read.Refuse("outcome", ModelRefusal.Inconsistent, $"Neither \"{a}\" nor \"{b}\" reads as the opposite of the other; say which is 1 by outcomeRecode.");
    }

    static bool Negates(string word, string of) =>
        Negations.Any(negation => string.Equals(word, negation + of, StringComparison.OrdinalIgnoreCase))
        || Opposites.Any(pair => string.Equals(word, pair.Zero, StringComparison.OrdinalIgnoreCase) && string.Equals(of, pair.One, StringComparison.OrdinalIgnoreCase));
}
