using Cem.Kernel.Data;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Indicators;

/// <summary>The values of O indicators, from the rows and events of declared sources. Late rows count in the period they belong to; region, tier and role are those that their account and contact have now.</summary>
sealed class OperationalValues(Db db)
{
    public Dictionary<string, Reading> Read(IReadOnlyList<Indicator> indicators, long scope, Window window, Cut? cut) =>
        indicators.ToDictionary(it => it.Code, it => Read(it.Measure!, scope, window, cut), StringComparer.Ordinal);

    Reading Read(Measure measure, long scope, Window window, Cut? cut) => measure.Type switch
    {
        MeasureType.Mean => Numbers(measure.Source!, measure.Metric!, measure.Touchpoints, scope, window, cut) is var rows ? Reading.Mean(rows.Sum, rows.Squares, rows.N, Reading.NoData) : Reading.NoData,
        MeasureType.Sum => Numbers(measure.Source!, measure.Metric!, measure.Touchpoints, scope, window, cut) is { N: > 0 } rows ? Reading.Full(rows.Sum, rows.N) : Reading.NoData,
        MeasureType.Count => Events(measure.Source!, measure.Touchpoints, scope, window, cut) is var n && (n > 0 || Delivers(measure.Source!, window)) ? Reading.Full(n, n) : Reading.NoData,
        MeasureType.FieldShare => Fields(measure, scope, window, cut),
        _ => Ratio(measure, scope, window, cut),
    };

    Reading Ratio(Measure measure, long scope, Window window, Cut? cut)
    {
        var (above, n) = Term(measure.Numerator!, scope, window, cut);
        var (below, of) = Term(measure.Denominator!, scope, window, cut);
        return of == 0 || below == 0 || n == 0 && !Delivers(measure.Numerator!.Source, window) ? Reading.NoData : Reading.Full(measure.Per * above / below, of);
    }

    (double Sum, long N) Term(Term term, long scope, Window window, Cut? cut)
    {
        if (term.Metric is not { } metric)
            return Events(term.Source, term.Touchpoints, scope, window, cut) is var events ? (events, events) : default;
        var rows = Numbers(term.Source, metric, term.Touchpoints, scope, window, cut);
        return (rows.Sum, rows.N);
    }

    /// <summary>Whether a source has said anything of these days at all: no event is then a zero, and not a gap.</summary>
    bool Delivers(string source, Window window) => db.Single<bool>(Sql.Delivers, new { Source = source, From = Day.Number(window.From), To = Day.Number(window.To) });

    long Events(string source, IReadOnlyList<string>? touchpoints, long scope, Window window, Cut? cut) => db.Single<long>(Sql.Events, new
    {
        Source = source, Scope = scope, From = Day.Number(window.From), To = Day.Number(window.To), Touchpoints = At(touchpoints),
        cut?.Dimension, cut?.Key,
    });

    NumberRow Numbers(string source, string metric, IReadOnlyList<string>? touchpoints, long scope, Window window, Cut? cut) => db.Single<NumberRow>(Sql.Numbers, new
    {
        Source = source, Metric = metric, Scope = scope, From = Day.Number(window.From), To = Day.Number(window.To), Touchpoints = At(touchpoints),
        cut?.Dimension, cut?.Key,
    });

    Reading Fields(Measure measure, long scope, Window window, Cut? cut)
    {
        var values = db.Query<FieldRow>(Sql.Fields, new { measure.Source, measure.Field, Scope = scope, From = Day.Number(window.From), To = Day.Number(window.To), Touchpoints = At(measure.Touchpoints), cut?.Dimension, cut?.Key });
        var all = values.Where(row => measure.Of is not { Count: > 0 } of || of.Contains(row.Value));
        return Reading.Share(values.Where(row => measure.Options!.Contains(row.Value)).Sum(row => row.N), all.Sum(row => row.N), Reading.NoData);
    }

    /// <summary>As the database takes a list; none for all.</summary>
    static string[] At(IReadOnlyList<string>? touchpoints) => [.. touchpoints ?? []];

    sealed record NumberRow(double Sum, double Squares, long N);

    sealed record FieldRow(string Value, long N);

    static class Sql
    {
        public const string Delivers = "SELECT EXISTS (SELECT 1 FROM operational_data_v_events WHERE source = @Source AND occurred_day BETWEEN @From AND @To)";

        public const string Events = """
            SELECT COUNT(*) FROM operational_data_v_events
            WHERE source = @Source AND occurred_day BETWEEN @From AND @To
              AND (json_array_length(@Touchpoints) = 0 OR touchpoint IN (SELECT value FROM json_each(@Touchpoints)))
              AND (@Dimension IS NULL OR @Key = CASE @Dimension WHEN 'product' THEN product WHEN 'channel' THEN channel WHEN 'touchpoint' THEN touchpoint
                WHEN 'region' THEN (SELECT a.region FROM customers_v_accounts a WHERE a.id = account_id)
                WHEN 'tier' THEN (SELECT a.tier FROM customers_v_accounts a WHERE a.id = account_id)
                WHEN 'role' THEN (SELECT c.role FROM customers_v_contacts c WHERE c.id = contact_id) END)
              AND (@Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
            """;

        public const string Fields = """
            SELECT f.value AS value, COUNT(*) AS n
            FROM operational_data_v_events e, json_each(e.attributes) f
            WHERE e.source = @Source AND e.occurred_day BETWEEN @From AND @To AND f.key = @Field AND f.type = 'text'
              AND (json_array_length(@Touchpoints) = 0 OR e.touchpoint IN (SELECT value FROM json_each(@Touchpoints)))
              AND (@Dimension IS NULL OR @Key = CASE @Dimension WHEN 'product' THEN e.product WHEN 'channel' THEN e.channel WHEN 'touchpoint' THEN e.touchpoint
                WHEN 'region' THEN (SELECT a.region FROM customers_v_accounts a WHERE a.id = e.account_id)
                WHEN 'tier' THEN (SELECT a.tier FROM customers_v_accounts a WHERE a.id = e.account_id)
                WHEN 'role' THEN (SELECT c.role FROM customers_v_contacts c WHERE c.id = e.contact_id) END)
              AND (@Scope = 0 OR e.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
            GROUP BY f.value
            """;

        public const string Numbers = """
            SELECT COALESCE(SUM(CAST(value AS REAL)), 0.0) AS sum, COALESCE(SUM(CAST(value AS REAL) * CAST(value AS REAL)), 0.0) AS squares, COUNT(value) AS n
            FROM operational_data_v_metrics
            WHERE source = @Source AND metric = @Metric AND day BETWEEN @From AND @To
              AND (json_array_length(@Touchpoints) = 0 OR touchpoint IN (SELECT value FROM json_each(@Touchpoints)))
              AND (@Dimension IS NULL OR @Key = CASE @Dimension WHEN 'product' THEN product WHEN 'channel' THEN channel WHEN 'touchpoint' THEN touchpoint
                WHEN 'region' THEN (SELECT a.region FROM customers_v_accounts a WHERE a.id = account_id)
                WHEN 'tier' THEN (SELECT a.tier FROM customers_v_accounts a WHERE a.id = account_id)
                WHEN 'role' THEN (SELECT c.role FROM customers_v_contacts c WHERE c.id = contact_id) END)
              AND (@Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
            """;
    }
}
