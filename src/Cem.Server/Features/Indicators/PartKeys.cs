using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Time;
using MediatR;

namespace Cem.Server.Features.Indicators;

/// <summary>The values that the dimensions have in answers and O-data.</summary>
sealed class PartKeys(IMediator mediator, ChoiceColumns choices, ScopeUnits units, Db db)
{
    static readonly string[] Measures = ["nps", "csat", "ces"];

    /// <summary>What scored answers of these days have, by dimension.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Offered(long scope, Window days, CancellationToken ct)
    {
        string[] dimensions = [.. Narrowing.Parameters.Select(pair => pair.Dimension)];
        var tables = await mediator.Send(new AskScores([.. dimensions.SelectMany(dimension => Queries(scope, dimension, days, Part.All))]), ct);
        return dimensions.Zip(tables.Chunk(Measures.Length)).ToDictionary(pair => pair.First, pair => (IReadOnlyList<string>)[.. Keys(pair.Second).Distinct()]);
    }

    /// <summary>What answers, and the rows behind some indicators, have of one dimension in a part of them; in order.</summary>
    public async Task<IReadOnlyList<string>> Of(IEnumerable<Indicator> indicators, long scope, string dimension, Window days, Part part, CancellationToken ct)
    {
        var measures = indicators.Select(it => it.Measure).OfType<Measure>().ToList();
        string[] sources = [.. measures.Where(measure => !measure.IsX()).SelectMany(measure => measure.Sources()).Distinct()];
        string[] surveys = [.. measures.Where(measure => measure.Type == MeasureType.OptionShare).Select(measure => measure.Survey!).Distinct()];
        return [.. Keys(await mediator.Send(new AskScores([.. Queries(scope, dimension, days, part)]), ct))
            .Concat(surveys.Length > 0 ? choices.Keys(units.Of(scope), dimension, surveys, days, part) : [])
            .Concat(sources.Length > 0 ? db.Query<string>(Sql.OfRows, new { Dimension = dimension, Sources = sources, From = Day.Number(days.From), To = Day.Number(days.To) }) : [])
            .Where(key => part.Holds(dimension, key)).Distinct().Order(StringComparer.Ordinal)];
    }

    static IEnumerable<ScoreQuery> Queries(long scope, string dimension, Window days, Part part) =>
        Measures.Select(measure => new ScoreQuery(measure, scope, days.From, days.To, [dimension]) { Filter = part.Values });

    static IEnumerable<string> Keys(IEnumerable<ScoreTable> tables) => tables.SelectMany(table => table.Cells).Select(cell => cell.Keys[0]).OfType<string>();

    static class Sql
    {
        public const string OfRows = """
            SELECT DISTINCT key FROM (
              SELECT CASE @Dimension WHEN 'product' THEN m.product WHEN 'channel' THEN m.channel WHEN 'touchpoint' THEN m.touchpoint
                WHEN 'region' THEN a.region WHEN 'tier' THEN a.tier WHEN 'role' THEN (SELECT c.role FROM customers_v_contacts c WHERE c.id = m.contact_id) END AS key
              FROM operational_data_v_metrics m LEFT JOIN customers_v_accounts a ON a.id = m.account_id
              WHERE m.source IN (SELECT value FROM json_each(@Sources)) AND m.day BETWEEN @From AND @To
              UNION ALL
              SELECT CASE @Dimension WHEN 'product' THEN e.product WHEN 'channel' THEN e.channel WHEN 'touchpoint' THEN e.touchpoint
                WHEN 'region' THEN a.region WHEN 'tier' THEN a.tier WHEN 'role' THEN (SELECT c.role FROM customers_v_contacts c WHERE c.id = e.contact_id) END
              FROM operational_data_v_events e LEFT JOIN customers_v_accounts a ON a.id = e.account_id
              WHERE e.source IN (SELECT value FROM json_each(@Sources)) AND e.occurred_day BETWEEN @From AND @To)
            WHERE key IS NOT NULL
            """;
    }
}
