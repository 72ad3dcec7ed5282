using Cem.Kernel.Data;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Indicators;

/// <summary>The values of O indicators, from the rows and events of declared sources. Late rows count in the period they belong to; region, tier and role are those that their account and contact have now.</summary>
sealed class OperationalValues(ScopeUnits units, Db db)
{
    // Below this many windows it is less work to read each.
    const int Many = 5;

    /// <summary>One reading an indicator and window.</summary>
    /// <param name="shared">Rows from which other parts are counted too, and the one value of their dimension that is meant; null to read for this alone.</param>
    public IReadOnlyList<Dictionary<string, Reading>> Read(IReadOnlyList<Indicator> indicators, long scope, IReadOnlyList<Window> windows, Part part, SharedRows? shared)
    {
        if (indicators.Count == 0)
            return [.. windows.Select(_ => new Dictionary<string, Reading>())];
        var rows = shared?.Rows ?? new OperationalRows(db, part, scope, span: windows.Count < Many ? null : new(windows.Min(window => window.From), windows.Max(window => window.To)));
        var within = shared is { ByUnit: true } ? units.Of(scope)?.ToHashSet() : null;
        return [.. windows.Select(window =>
        {
            var view = new OperationalView(rows, window, within, shared?.Key);
            return indicators.ToDictionary(it => it.Code, it => part.Values.Keys.All(dimension => rows.Tell(it.Measure!, dimension, window)) ? Read(it.Measure!, view) : Reading.NotNarrowed, StringComparer.Ordinal);
        })];
    }

    /// <summary>Whether all sources of a measure say of their rows what value of a dimension they have.</summary>
    public bool Tells(Measure measure, string dimension, Window window) => new OperationalRows(db, Part.All, 0).Tell(measure, dimension, window);

    static Reading Read(Measure measure, OperationalView view) => measure.Type switch
    {
        MeasureType.Mean => view.Numbers(measure.Source!, measure.Metric!, measure.Touchpoints) is var all ? Reading.Mean(all.Sum, all.Squares, all.N, Reading.NoData) : Reading.NoData,
        MeasureType.Sum => view.Numbers(measure.Source!, measure.Metric!, measure.Touchpoints) is { N: > 0 } all ? Reading.Full(all.Sum, all.N) : Reading.NoData,
        MeasureType.Count => view.Events(measure.Source!, measure.Touchpoints) is var n && (n > 0 || view.Delivers(measure.Source!)) ? Reading.Full(n, n) : Reading.NoData,
        MeasureType.FieldShare => Fields(measure, view),
        _ => Ratio(measure, view),
    };

    static Reading Ratio(Measure measure, OperationalView view)
    {
        var (above, n) = Term(measure.Numerator!, view);
        var (below, of) = Term(measure.Denominator!, view);
        return of == 0 || below == 0 || n == 0 && !view.Delivers(measure.Numerator!.Source) ? Reading.NoData : Reading.Full(measure.Per * above / below, of);
    }

    static (double Sum, long N) Term(Term term, OperationalView view)
    {
        if (term.Metric is not { } metric)
            return view.Events(term.Source, term.Touchpoints) is var events ? (events, events) : default;
        var all = view.Numbers(term.Source, metric, term.Touchpoints);
        return (all.Sum, all.N);
    }

    static Reading Fields(Measure measure, OperationalView view)
    {
        var all = view.Fields(measure.Source!, measure.Field!, measure.Touchpoints).Where(row => measure.Of is not { Count: > 0 } of || of.Contains(row.Field!)).ToList();
        return Reading.Share(all.Where(row => measure.Options!.Contains(row.Field!)).Sum(row => row.N), all.Sum(row => row.N), Reading.NoData);
    }
}

/// <summary>Rows from which many parts are counted: org units, or values of one dimension.</summary>
/// <param name="Key">The value that is meant; null for org units, which the scope says.</param>
sealed record SharedRows(OperationalRows Rows, bool ByUnit, string? Key);

/// <summary>What of some rows lies in one window, some org units and one value of the dimension they were read by.</summary>
/// <param name="units">Null for all that were read.</param>
/// <param name="key">Null for all.</param>
sealed class OperationalView(OperationalRows rows, Window window, HashSet<long>? units, string? key)
{
    readonly int from = Day.Number(window.From), to = Day.Number(window.To);

    /// <param name="touchpoints">Those that count; none for all.</param>
    public long Events(string source, IReadOnlyList<string>? touchpoints) => Of(rows.Events(source, window), touchpoints).Sum(row => row.N);

    public (double Sum, double Squares, long N) Numbers(string source, string metric, IReadOnlyList<string>? touchpoints)
    {
        var mine = Of(rows.Numbers(source, metric, window), touchpoints).ToList();
        return (mine.Sum(row => row.Sum), mine.Sum(row => row.Squares), mine.Sum(row => row.N));
    }

    public IEnumerable<OperationalRow> Fields(string source, string field, IReadOnlyList<string>? touchpoints) => Of(rows.Fields(source, field, window), touchpoints);

    public bool Delivers(string source) => rows.Delivers(source, window);

    IEnumerable<OperationalRow> Of(IReadOnlyList<OperationalRow> all, IReadOnlyList<string>? touchpoints) => all.Where(row =>
        (row.Day is not { } day || day >= from && day <= to) && (units is null || row.Unit is { } unit && units.Contains(unit)) && (key is null || row.Key == key)
        && (touchpoints is not { Count: > 0 } || row.Touchpoint is { } touchpoint && touchpoints.Contains(touchpoint)));
}
