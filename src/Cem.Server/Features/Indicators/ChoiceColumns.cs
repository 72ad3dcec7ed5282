using Cem.Kernel.Columns;

namespace Cem.Server.Features.Indicators;

/// <summary>
/// The options that people chose, in memory, one row a choice, with what the response had on its day. Filled and kept current by
/// the slice KeepChoices; the others only count. Scored answers are asked of Insights instead.
/// </summary>
sealed class ChoiceColumns
{
    const string OrgUnit = "orgUnit", Question = "question", Option = "option", Interested = "interested";

    static readonly Scale One = Scale.Values(0, 0);

    readonly ColumnStore store = new(OrgUnit, "region", "tier", "product", "channel", "role", "touchpoint", "survey", Question, Option, Interested);

    /// <summary>Adds choices or corrects them by their ids, all in one change.</summary>
    public void Put(IEnumerable<ChoiceRow> rows)
    {
        using var change = store.Change();
        foreach (var row in rows)
            change.Put(row.Id, row.Day, 0, 0, Member.Of(row.OrgUnitId), row.Region, row.Tier, row.Product, row.Channel, row.Role, row.Touchpoint, row.Survey, row.Question, row.Option, row.Interested);
    }

    /// <summary>How often each option was chosen in each window, all from the same state; what interested parties recorded is left out.</summary>
    /// <param name="units">The org units that count; null for all.</param>
    public IReadOnlyList<ILookup<(string Survey, string Question), ChoiceCount>> Count(IReadOnlyCollection<long>? units, IReadOnlyList<Window> windows, Part part) =>
    [
        .. store.Ask([.. windows.Select(window => new CellQuery(One) { Filter = Of(units, window, part), By = ["survey", Question, "touchpoint", Option] })])
            .Select(table => table.ToLookup(cell => (cell["survey"].Text!, cell[Question].Text!), cell => new ChoiceCount(cell["touchpoint"].Text, cell[Option].Text!, cell.Counts.N))),
    ];

    /// <summary>The values of a dimension that choices in some surveys have.</summary>
    public IEnumerable<string> Keys(IReadOnlyCollection<long>? units, string dimension, IEnumerable<string> surveys, Window window, Part part) =>
        store.Ask(new CellQuery(One) { Filter = Of(units, window, part).Where("survey", surveys.Select(Member.Of)), By = [dimension] }).Select(cell => cell[dimension].Text).OfType<string>();

    static Filter Of(IReadOnlyCollection<long>? units, Window window, Part part)
    {
        var filter = Filter.All.Between(window.From, window.To).Where(Interested, 0);
        if (units is not null)
            filter = filter.Where(OrgUnit, units.Select(id => (Member)id));
        foreach (var (dimension, values) in part.Values)
            filter = filter.Where(dimension, values.Select(Member.Of));
        return filter;
    }
}

/// <param name="N">How many chose it there.</param>
readonly record struct ChoiceCount(string? Touchpoint, string Option, int N);

/// <summary>One option that one response chose.</summary>
/// <param name="Interested">1 where an interested party recorded it.</param>
sealed record ChoiceRow(
    long Id, DateOnly Day, long? OrgUnitId, string? Region, string? Tier, string? Product, string Channel, string? Role, string? Touchpoint, string Survey, string Question, string Option, long Interested);
