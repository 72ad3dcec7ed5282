using System.Globalization;
using Cem.Contracts.Insights;
using Cem.Kernel.Data;
using MediatR;

namespace Cem.Server.Features.Indicators;

/// <summary>The values of X indicators: scores asked of Insights, choices counted here, both from memory.</summary>
sealed class AnswerValues(IMediator mediator, ChoiceColumns choices, ScopeUnits units, Db db)
{
    static readonly string[] Measures = ["nps", "csat", "ces"];
    static readonly string[] By = ["survey", "question", "touchpoint"];

    /// <summary>One reading an indicator and window, all from the same state of the answers.</summary>
    public async Task<IReadOnlyList<Dictionary<string, Reading>>> Read(IReadOnlyList<Indicator> indicators, long scope, IReadOnlyList<Window> windows, Part part, CancellationToken ct)
    {
        var tables = await mediator.Send(new AskScores([.. windows.SelectMany(window => Measures.Select(measure => new ScoreQuery(measure, scope, window.From, window.To, By) { Filter = part.Values }))]), ct);
        var satisfied = db.Query<CodingRow>(Sql.Codings).GroupBy(row => (row.SurveyCode, row.Question)).ToDictionary(same => same.Key, same => Satisfied(same.Last().Coding));
        var chosen = indicators.Any(it => it.Measure!.Type == MeasureType.OptionShare) ? choices.Count(units.Of(scope), windows, part) : null;
        return [.. windows.Select((window, index) => indicators.ToDictionary(it => it.Code, it => it.Measure!.Type switch
        {
            MeasureType.Nps => Nps(Cells(it.Measure, tables[3 * index])),
            MeasureType.CsatTopBox => Csat(Cells(it.Measure, tables[3 * index + 1]), satisfied.GetValueOrDefault((it.Measure.Survey!, it.Measure.Question!), [4, 5])),
            MeasureType.CesEasy => Csat(Cells(it.Measure, tables[3 * index + 2]), [5, 6, 7]),
            MeasureType.CesMean => Mean(Cells(it.Measure, tables[3 * index + 2])),
            _ => Options(it.Measure, chosen![index]),
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

    static Reading Options(Measure measure, ILookup<(string Survey, string Question), ChoiceCount> chosen)
    {
        var all = chosen[(measure.Survey!, measure.Question!)].Where(choice => (measure.Of is not { Count: > 0 } of || of.Contains(choice.Option))
            && (measure.Touchpoints is not { Count: > 0 } at || choice.Touchpoint is { } touchpoint && at.Contains(touchpoint))).ToList();
        return Reading.Share(all.Where(choice => measure.Options!.Contains(choice.Option)).Sum(choice => choice.N), all.Sum(choice => choice.N), Reading.NoAnswers);
    }

    /// <summary>The satisfied ratings of a coding: "csat 5, satisfied 4 5".</summary>
    static IReadOnlyList<int> Satisfied(string coding) => coding.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is ["csat", _, "satisfied", .. var ratings]
        ? [.. ratings.Select(rating => int.Parse(rating, CultureInfo.InvariantCulture))]
        : [4, 5];

    sealed record CodingRow(string SurveyCode, string Question, string Coding);

    static class Sql
    {
        // The newest version of a question says how it is read.
        public const string Codings = "SELECT survey_code, question, coding FROM surveys_v_questions WHERE measure = 'csat' ORDER BY version";
    }
}

/// <summary>The org units that a scope holds.</summary>
sealed class ScopeUnits(Db db)
{
    /// <summary>A unit and those below it; null for the whole company.</summary>
    public IReadOnlyCollection<long>? Of(long scope) => scope == 0 ? null : db.Query<long>(Sql.Units, new { Scope = scope });

    static class Sql
    {
        public const string Units = "SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope";
    }
}
