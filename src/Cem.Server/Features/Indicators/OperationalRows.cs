using Cem.Kernel.Data;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Indicators;

/// <summary>
/// The rows and events of a part of O-data, added up by touchpoint. Each source and field is read once, however many
/// indicators, windows and values of a dimension are then counted from it.
/// </summary>
/// <param name="scope">The org unit that bounds what is read; 0 for the whole company.</param>
/// <param name="by">A dimension, or <c>unit</c>, of which single values will be asked for; null for none.</param>
/// <param name="span">All days that will be asked for, where there are many windows in them: they are read by day then, and else window by window.</param>
sealed class OperationalRows(Db db, Part part, long scope, string? by = null, Window? span = null)
{
    readonly Dictionary<(char Kind, string Source, string? Name, Window Days), IReadOnlyList<OperationalRow>> read = [];
    readonly Dictionary<(string Source, Window Days), bool> delivering = [];
    readonly Dictionary<(string Source, string Dimension, Window Days), bool> telling = [];

    /// <summary>How many events, by what was asked for.</summary>
    public IReadOnlyList<OperationalRow> Events(string source, Window window) => Known(read, ('e', source, null, span ?? window), () => db.Query<OperationalRow>(Sql.Events, Asked(source, null, span ?? window)));

    /// <summary>Sums of a metric.</summary>
    public IReadOnlyList<OperationalRow> Numbers(string source, string metric, Window window) => Known(read, ('n', source, metric, span ?? window), () => db.Query<OperationalRow>(Sql.Numbers, Asked(source, metric, span ?? window)));

    /// <summary>How many events have each value of a field.</summary>
    public IReadOnlyList<OperationalRow> Fields(string source, string field, Window window) => Known(read, ('f', source, field, span ?? window), () => db.Query<OperationalRow>(Sql.Fields, Asked(source, field, span ?? window)));

    /// <summary>Whether a source has said anything of these days at all: no event is then a zero, and not a gap.</summary>
    public bool Delivers(string source, Window window) => Known(delivering, (source, window), () => db.Single<bool>(Sql.Delivers, new { Source = source, From = Day.Number(window.From), To = Day.Number(window.To) }));

    /// <summary>Whether all sources of a measure say of their rows what value of a dimension they have: they are declared to, or their events of these days do.</summary>
    public bool Tell(Measure measure, string dimension, Window window) => measure.Sources().All(source => Known(telling, (source, dimension, window), () => db.Single<bool>(Sql.Tells, new
    {
        Source = source, From = Day.Number(window.From), To = Day.Number(window.To), Dimension = dimension,
        Maps = dimension switch { "region" or "tier" => "account", "role" => "contact", _ => dimension },
    })));

    static TValue Known<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<TValue> read) where TKey : notnull =>
        known.TryGetValue(key, out var value) ? value : known[key] = read();

    /// <param name="name">The metric or the field.</param>
    object Asked(string source, string? name, Window days) => new
    {
        Source = source, Name = name, Scope = scope, From = Day.Number(days.From), To = Day.Number(days.To), By = by, ByDay = span is not null,
        At = part["touchpoint"], Roles = part["role"], Tiers = part["tier"], Products = part["product"], Channels = part["channel"], Regions = part["region"],
    };

    static class Sql
    {
        const string Grouped = """
            touchpoint, CASE @By WHEN 'unit' THEN org_unit_id END AS unit,
            CASE @By WHEN 'product' THEN product WHEN 'channel' THEN channel WHEN 'touchpoint' THEN touchpoint
              WHEN 'region' THEN (SELECT a.region FROM customers_v_accounts a WHERE a.id = account_id)
              WHEN 'tier' THEN (SELECT a.tier FROM customers_v_accounts a WHERE a.id = account_id)
              WHEN 'role' THEN (SELECT c.role FROM customers_v_contacts c WHERE c.id = contact_id) END AS key
            """;

        const string Narrowed = """
            AND (json_array_length(@At) = 0 OR touchpoint IN (SELECT value FROM json_each(@At)))
            AND (json_array_length(@Products) = 0 OR product IN (SELECT value FROM json_each(@Products)))
            AND (json_array_length(@Channels) = 0 OR channel IN (SELECT value FROM json_each(@Channels)))
            AND (json_array_length(@Regions) = 0
              OR account_id IN (SELECT a.id FROM customers_v_accounts a WHERE a.region IN (SELECT value FROM json_each(@Regions))))
            AND (json_array_length(@Tiers) = 0
              OR account_id IN (SELECT a.id FROM customers_v_accounts a WHERE a.tier IN (SELECT value FROM json_each(@Tiers))))
            AND (json_array_length(@Roles) = 0
              OR contact_id IN (SELECT c.id FROM customers_v_contacts c WHERE c.role IN (SELECT value FROM json_each(@Roles))))
            AND (@Scope = 0 OR org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
            """;

        public const string Delivers = "SELECT EXISTS (SELECT 1 FROM operational_data_v_events WHERE source = @Source AND occurred_day BETWEEN @From AND @To)";

        public const string Tells = """
            SELECT EXISTS (SELECT 1 FROM operational_data_v_mappings WHERE source = @Source AND maps = @Maps)
              OR EXISTS (SELECT 1 FROM operational_data_v_events WHERE source = @Source AND occurred_day BETWEEN @From AND @To
                AND CASE @Dimension WHEN 'product' THEN product WHEN 'channel' THEN channel WHEN 'touchpoint' THEN touchpoint
                  WHEN 'role' THEN contact_id WHEN 'region' THEN account_id WHEN 'tier' THEN account_id END IS NOT NULL)
            """;

        public const string Events = $"""
            SELECT {Grouped}, CASE WHEN @ByDay THEN occurred_day END AS day, NULL AS field, 0.0 AS sum, 0.0 AS squares, COUNT(*) AS n
            FROM operational_data_v_events
            WHERE source = @Source AND occurred_day BETWEEN @From AND @To
            {Narrowed}
            GROUP BY 1, 2, 3, 4
            """;

        public const string Fields = $"""
            SELECT {Grouped}, CASE WHEN @ByDay THEN occurred_day END AS day, f.value AS field, 0.0 AS sum, 0.0 AS squares, COUNT(*) AS n
            FROM operational_data_v_events e, json_each(e.attributes) f
            WHERE e.source = @Source AND e.occurred_day BETWEEN @From AND @To AND f.key = @Name AND f.type = 'text'
            {Narrowed}
            GROUP BY 1, 2, 3, 4, 5
            """;

        public const string Numbers = $"""
            SELECT {Grouped}, CASE WHEN @ByDay THEN day END AS day, NULL AS field, COALESCE(SUM(CAST(value AS REAL)), 0.0) AS sum,
              COALESCE(SUM(CAST(value AS REAL) * CAST(value AS REAL)), 0.0) AS squares, COUNT(value) AS n
            FROM operational_data_v_metrics
            WHERE source = @Source AND metric = @Name AND day BETWEEN @From AND @To
            {Narrowed}
            GROUP BY 1, 2, 3, 4
            """;
    }
}

/// <summary>Some rows added up.</summary>
/// <param name="Unit">Their org unit; null unless it was asked for.</param>
/// <param name="Key">Their value of the dimension asked for.</param>
/// <param name="Day">yyyymmdd; null unless they were read by day.</param>
/// <param name="Field">The value of a field.</param>
sealed record OperationalRow(string? Touchpoint, long? Unit, string? Key, int? Day, string? Field, double Sum, double Squares, long N);
