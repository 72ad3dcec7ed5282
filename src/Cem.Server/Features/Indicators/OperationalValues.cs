using Cem.Kernel.Data;

namespace Cem.Server.Features.Indicators;

/// <summary>The values of O indicators, from the rows and events of declared sources. Late rows count in the period they belong to; region, tier and role are those that their account and contact have now.</summary>
sealed class OperationalValues(Db db)
{
    public Dictionary<string, Reading> Read(IReadOnlyList<Indicator> indicators, long scope, Window window, Part part)
    {
        var rows = new OperationalRows(db, scope, window, part);
        return indicators.ToDictionary(it => it.Code, it => part.Values.Keys.All(dimension => rows.Tell(it.Measure!, dimension)) ? Read(it.Measure!, rows) : Reading.NotNarrowed, StringComparer.Ordinal);
    }

    /// <summary>Whether all sources of a measure say of their rows what value of a dimension they have.</summary>
    public bool Tells(Measure measure, string dimension, Window window) => new OperationalRows(db, 0, window, Part.All).Tell(measure, dimension);

    static Reading Read(Measure measure, OperationalRows rows) => measure.Type switch
    {
        MeasureType.Mean => rows.Numbers(measure.Source!, measure.Metric!, measure.Touchpoints) is var all ? Reading.Mean(all.Sum, all.Squares, all.N, Reading.NoData) : Reading.NoData,
        MeasureType.Sum => rows.Numbers(measure.Source!, measure.Metric!, measure.Touchpoints) is { N: > 0 } all ? Reading.Full(all.Sum, all.N) : Reading.NoData,
        MeasureType.Count => rows.Events(measure.Source!, measure.Touchpoints) is var n && (n > 0 || rows.Delivers(measure.Source!)) ? Reading.Full(n, n) : Reading.NoData,
        MeasureType.FieldShare => Fields(measure, rows),
        _ => Ratio(measure, rows),
    };

    static Reading Ratio(Measure measure, OperationalRows rows)
    {
        var (above, n) = Term(measure.Numerator!, rows);
        var (below, of) = Term(measure.Denominator!, rows);
        return of == 0 || below == 0 || n == 0 && !rows.Delivers(measure.Numerator!.Source) ? Reading.NoData : Reading.Full(measure.Per * above / below, of);
    }

    static (double Sum, long N) Term(Term term, OperationalRows rows)
    {
        if (term.Metric is not { } metric)
            return rows.Events(term.Source, term.Touchpoints) is var events ? (events, events) : default;
        var all = rows.Numbers(term.Source, metric, term.Touchpoints);
        return (all.Sum, all.N);
    }

    static Reading Fields(Measure measure, OperationalRows rows)
    {
        var all = rows.Fields(measure.Source!, measure.Field!, measure.Touchpoints).Where(row => measure.Of is not { Count: > 0 } of || of.Contains(row.Value)).ToList();
        return Reading.Share(all.Where(row => measure.Options!.Contains(row.Value)).Sum(row => row.N), all.Sum(row => row.N), Reading.NoData);
    }
}
