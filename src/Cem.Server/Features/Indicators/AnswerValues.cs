using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using Cem.Kernel.Time;
using MediatR;

namespace Cem.Server.Features.Indicators;

/// <summary>The values of X indicators: scores asked of Insights, choices read from the answers.</summary>
sealed class AnswerValues(IMediator mediator, Db db)
{
    static readonly string[] Measures = ["nps", "csat", "ces"];
    static readonly string[] By = ["survey", "question", "touchpoint"];

    /// <summary>One reading an indicator and window, all from the same state of the answers.</summary>
    public async Task<IReadOnlyList<Dictionary<string, Reading>>> Read(IReadOnlyList<Indicator> indicators, long scope, IReadOnlyList<Window> windows, Cut? cut, CancellationToken ct)
    {
        var filter = cut is null ? [] : new Dictionary<string, IReadOnlyList<string>> { [cut.Dimension] = [cut.Key] };
        var tables = await mediator.Send(new AskScores([.. windows.SelectMany(window => Measures.Select(measure => new ScoreQuery(measure, scope, window.From, window.To, By) { Filter = filter }))]), ct);
        var satisfied = db.Query<CodingRow>(Sql.Codings).GroupBy(row => (row.SurveyCode, row.Question)).ToDictionary(same => same.Key, same => Satisfied(same.Last().Coding));
        return [.. windows.Select((window, index) => indicators.ToDictionary(it => it.Code, it => it.Measure!.Type switch
        {
            MeasureType.Nps => Nps(Cells(it.Measure, tables[3 * index])),
            MeasureType.CsatTopBox => Csat(Cells(it.Measure, tables[3 * index + 1]), satisfied.GetValueOrDefault((it.Measure.Survey!, it.Measure.Question!), [4, 5])),
            MeasureType.CesEasy => Csat(Cells(it.Measure, tables[3 * index + 2]), [5, 6, 7]),
            MeasureType.CesMean => Mean(Cells(it.Measure, tables[3 * index + 2])),
            _ => Options(it.Measure, scope, window, cut),
        }, StringComparer.Ordinal))];
    }

    /// <summary>The answers of a measure, added up: index = score.</summary>
    static int[] Cells(Measure measure, ScoreTable table)
    {
        var sum = new int[11];
        foreach (var cell in table.Cells.Where(cell => (measure.Survey is null || cell.Keys[0] == measure.Survey) && (measure.Question is null || cell.Keys[1] == measure.Question)
            && (measure.Touchpoints is not { Count: > 0 } at || at.Contains(cell.Keys[2]))))
            for (var score = 0; score < cell.Histogram.Count && score < sum.Length; score++)
                sum[score] += cell.Histogram[score];
        return sum;
    }

    static Reading Nps(int[] counts) => Reading.Nps(counts[9] + counts[10], counts[7] + counts[8], counts[..7].Sum());

    static Reading Csat(int[] counts, IReadOnlyList<int> satisfied) => Reading.Share(satisfied.Sum(score => counts[score]), counts.Sum(), Reading.NoAnswers);

    static Reading Mean(int[] counts) => Reading.Mean(
        counts.Index().Sum(pair => (double)pair.Index * pair.Item), counts.Index().Sum(pair => (double)pair.Index * pair.Index * pair.Item), counts.Sum(), Reading.NoAnswers);

    Reading Options(Measure measure, long scope, Window window, Cut? cut)
    {
        var chosen = db.Query<OptionRow>(Sql.Options, new
        {
            measure.Survey, measure.Question, Scope = scope, From = Day.Number(window.From), To = Day.Number(window.To), Touchpoints = At(measure.Touchpoints),
            cut?.Dimension, cut?.Key,
        });
        var all = chosen.Where(row => measure.Of is not { Count: > 0 } of || of.Contains(row.Code));
        return Reading.Share(chosen.Where(row => measure.Options!.Contains(row.Code)).Sum(row => row.N), all.Sum(row => row.N), Reading.NoAnswers);
    }

    /// <summary>The satisfied ratings of a coding: "csat 5, satisfied 4 5".</summary>
    static IReadOnlyList<int> Satisfied(string coding) => coding.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is ["csat", _, "satisfied", .. var ratings]
        ? [.. ratings.Select(rating => int.Parse(rating, CultureInfo.InvariantCulture))]
        : [4, 5];

    /// <summary>As the database takes a list; none for all.</summary>
    static string[] At(IReadOnlyList<string>? touchpoints) => [.. touchpoints ?? []];

    sealed record CodingRow(string SurveyCode, string Question, string Coding);

    sealed record OptionRow(string Code, long N);

    static class Sql
    {
        // The newest version of a question says how it is read.
        public const string Codings = "SELECT survey_code, question, coding FROM surveys_v_questions WHERE measure = 'csat' ORDER BY version";

        public const string Options = """
            SELECT t.text AS code, COUNT(*) AS n
            FROM responses_v_responses r JOIN responses_v_texts t ON t.response_id = r.id AND t.question = @Question AND t.comment = 0
            WHERE r.survey_code = @Survey AND r.state = 'complete' AND r.interested = 0 AND r.completed_day BETWEEN @From AND @To
              AND (json_array_length(@Touchpoints) = 0 OR r.touchpoint IN (SELECT value FROM json_each(@Touchpoints)))
              AND (@Dimension IS NULL OR @Key = CASE @Dimension WHEN 'region' THEN r.region WHEN 'tier' THEN r.tier WHEN 'product' THEN r.product
                WHEN 'role' THEN r.role WHEN 'channel' THEN r.channel WHEN 'touchpoint' THEN r.touchpoint END)
              AND (@Scope = 0 OR r.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
            GROUP BY t.text
            """;
    }
}
