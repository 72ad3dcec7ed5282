using Cem.Kernel.Data;
using Cem.Kernel.Time;

namespace Cem.Server.Features.Indicators;

/// <summary>The rows and events of one window, scope and part, added up by touchpoint; each source and field is read once, however many indicators ask.</summary>
sealed class OperationalRows(Db db, long scope, Window window, Part part)
{
    readonly Dictionary<string, IReadOnlyList<EventRow>> events = new(StringComparer.Ordinal);
    readonly Dictionary<(string Source, string Metric), IReadOnlyList<NumberRow>> numbers = [];
    readonly Dictionary<(string Source, string Field), IReadOnlyList<FieldRow>> fields = [];
    readonly Dictionary<string, bool> delivering = new(StringComparer.Ordinal);
    readonly Dictionary<(string Source, string Dimension), bool> telling = [];

    /// <param name="touchpoints">Those that count; none for all.</param>
    public long Events(string source, IReadOnlyList<string>? touchpoints) =>
        At(Known(events, source, () => db.Query<EventRow>(Sql.Events, Asked(source, null))), touchpoints, row => row.Touchpoint).Sum(row => row.N);

    public (double Sum, double Squares, long N) Numbers(string source, string metric, IReadOnlyList<string>? touchpoints)
    {
        var rows = At(Known(numbers, (source, metric), () => db.Query<NumberRow>(Sql.Numbers, Asked(source, metric))), touchpoints, row => row.Touchpoint).ToList();
        return (rows.Sum(row => row.Sum), rows.Sum(row => row.Squares), rows.Sum(row => row.N));
    }

    /// <summary>How many events have each value of a field.</summary>
    public IEnumerable<FieldRow> Fields(string source, string field, IReadOnlyList<string>? touchpoints) =>
        At(Known(fields, (source, field), () => db.Query<FieldRow>(Sql.Fields, Asked(source, field))), touchpoints, row => row.Touchpoint);

    /// <summary>Whether a source has said anything of these days at all: no event is then a zero, and not a gap.</summary>
    public bool Delivers(string source) => Known(delivering, source, () => db.Single<bool>(Sql.Delivers, new { Source = source, From = Day.Number(window.From), To = Day.Number(window.To) }));

    /// <summary>Whether all sources of a measure say of their rows what value of a dimension they have: they are declared to, or their events of these days do.</summary>
    public bool Tell(Measure measure, string dimension) => measure.Sources().All(source => Known(telling, (source, dimension), () => db.Single<bool>(Sql.Tells, new
    {
        Source = source, From = Day.Number(window.From), To = Day.Number(window.To), Dimension = dimension,
        Maps = dimension switch { "region" or "tier" => "account", "role" => "contact", _ => dimension },
    })));

    static IEnumerable<T> At<T>(IEnumerable<T> rows, IReadOnlyList<string>? touchpoints, Func<T, string?> touchpoint) =>
        touchpoints is { Count: > 0 } ? rows.Where(row => touchpoint(row) is { } at && touchpoints.Contains(at)) : rows;

    static TValue Known<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<TValue> read) where TKey : notnull =>
        known.TryGetValue(key, out var value) ? value : known[key] = read();

    /// <param name="name">The metric or the field.</param>
    object Asked(string source, string? name) => new
    {
        Source = source, Name = name, Scope = scope, From = Day.Number(window.From), To = Day.Number(window.To),
        At = part["touchpoint"], Roles = part["role"], Tiers = part["tier"], Products = part["product"], Channels = part["channel"], Regions = part["region"],
    };

    internal sealed record FieldRow(string? Touchpoint, string Value, long N);

    sealed record EventRow(string? Touchpoint, long N);

    sealed record NumberRow(string? Touchpoint, double Sum, double Squares, long N);

    static class Sql
    {
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
            SELECT touchpoint, COUNT(*) AS n FROM operational_data_v_events
            WHERE source = @Source AND occurred_day BETWEEN @From AND @To
            {Narrowed}
            GROUP BY touchpoint
            """;

        public const string Fields = $"""
            SELECT e.touchpoint, f.value AS value, COUNT(*) AS n
            FROM operational_data_v_events e, json_each(e.attributes) f
            WHERE e.source = @Source AND e.occurred_day BETWEEN @From AND @To AND f.key = @Name AND f.type = 'text'
            {Narrowed}
            GROUP BY e.touchpoint, f.value
            """;

        public const string Numbers = $"""
            SELECT touchpoint, COALESCE(SUM(CAST(value AS REAL)), 0.0) AS sum, COALESCE(SUM(CAST(value AS REAL) * CAST(value AS REAL)), 0.0) AS squares,
              COUNT(value) AS n
            FROM operational_data_v_metrics
            WHERE source = @Source AND metric = @Name AND day BETWEEN @From AND @To
            {Narrowed}
            GROUP BY touchpoint
            """;
    }
}
