using Cem.Kernel.Data;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Indicators;

/// <summary>Whether the questions, sources and fields that a measure names are there.</summary>
static class MeasureSources
{
    /// <returns>What is not there, or cannot give such a measure; pointers are those of the indicator, the messages name it.</returns>
    public static IEnumerable<FieldError> Faults(Session session, Indicator it) =>
        it.Measure is not { } measure ? [] : measure.IsX() ? Questions(session, it.Code, measure) : Sources(session, it.Code, measure);

    static IEnumerable<FieldError> Questions(Session session, string code, Measure measure)
    {
        foreach (var touchpoint in Touchpoints(session, measure.Touchpoints))
            yield return NoTouchpoint("/measure/touchpoints", code, touchpoint);
        if (measure.Survey is { } survey && session.Find<long?>(Sql.Survey, new { Code = survey }) is null)
            yield return new("/measure/survey", "survey-not-found", ($"There is no survey '{survey}' for '{code}'.", $"“{code}”引用的问卷“{survey}”不存在。"));
        else if (measure.Question is { } question)
        {
            var found = session.Query<QuestionRow>(Sql.Question, new { measure.Survey, Question = question });
            if (found.Count == 0)
                yield return new("/measure/question", "question-not-found", ($"There is no question '{question}' in survey '{measure.Survey ?? "any"}' for '{code}'.", $"“{code}”引用的问题“{question}”在问卷“{measure.Survey ?? "任意"}”中不存在。"));
            else if (Kind(measure.Type) is { } kind && found.All(row => row.Measure != kind))
                yield return new("/measure/question", "question-kind", ($"Question '{question}' is no {kind} question, as '{code}' needs.", $"问题“{question}”不是“{code}”所需的 {kind} 题。"));
        }
    }

    static string? Kind(MeasureType type) => type switch
    {
        MeasureType.Nps => "nps",
        MeasureType.CsatTopBox => "csat",
        MeasureType.CesEasy or MeasureType.CesMean => "ces",
        _ => null,
    };

    static IEnumerable<FieldError> Sources(Session session, string code, Measure measure)
    {
        (string Pointer, string? Source, string? Metric, IReadOnlyList<string>? Touchpoints)[] terms = measure.Type == MeasureType.Ratio
            ? [("/measure/numerator", measure.Numerator?.Source, measure.Numerator?.Metric, measure.Numerator?.Touchpoints), ("/measure/denominator", measure.Denominator?.Source, measure.Denominator?.Metric, measure.Denominator?.Touchpoints)]
            : [("/measure", measure.Source, measure.Metric, measure.Touchpoints)];
        foreach (var (pointer, source, metric, touchpoints) in terms.Where(term => term.Source is not null))
        {
            foreach (var touchpoint in Touchpoints(session, touchpoints))
                yield return NoTouchpoint(pointer + "/touchpoints", code, touchpoint);
            if (!session.Single<bool>(Sql.Source, new { Source = source }))
                yield return new(pointer + "/source", "source-not-found", ($"There is no source '{source}' of O-data for '{code}'.", $"“{code}”引用的数据源“{source}”不存在。"));
            else if (metric is not null && !session.Single<bool>(Sql.Metric, new { Source = source, Metric = metric }))
                yield return new(pointer + "/metric", "metric-not-found", ($"Source '{source}' has no metric '{metric}' for '{code}'.", $"数据源“{source}”没有“{code}”引用的指标字段“{metric}”。"));
            else if (measure.Field is { } field && measure.Type == MeasureType.FieldShare && !session.Single<bool>(Sql.Field, new { Source = source, Field = field }))
                yield return new("/measure/field", "field-not-found", ($"Source '{source}' has no field '{field}' for '{code}'.", $"数据源“{source}”没有“{code}”引用的字段“{field}”。"));
        }
    }

    static IEnumerable<string> Touchpoints(Session session, IReadOnlyList<string>? named) =>
        named is { Count: > 0 } ? named.Except(session.Query<string>(Sql.Touchpoints), StringComparer.Ordinal) : [];

    static FieldError NoTouchpoint(string pointer, string code, string touchpoint) =>
        new(pointer, "touchpoint-not-found", ($"There is no touchpoint '{touchpoint}' for '{code}'.", $"“{code}”引用的触点“{touchpoint}”不存在。"));

    sealed record QuestionRow(string? Measure);

    static class Sql
    {
        public const string Survey = "SELECT id FROM surveys_v_surveys WHERE code = @Code";

        public const string Question = "SELECT DISTINCT measure FROM surveys_v_questions WHERE question = @Question AND (@Survey IS NULL OR survey_code = @Survey)";

        // Events that are reported one by one need no declaration.
        public const string Source = """
            SELECT EXISTS (SELECT 1 FROM operational_data_v_sources WHERE code = @Source) OR EXISTS (SELECT 1 FROM operational_data_v_events WHERE source = @Source)
            """;

        public const string Metric = "SELECT EXISTS (SELECT 1 FROM operational_data_v_fields WHERE source = @Source AND metric = @Metric)";

        // What was never declared is known by its newest events; a source without any may still get them.
        public const string Field = """
            WITH known AS (SELECT attributes FROM operational_data_v_events WHERE source = @Source ORDER BY id DESC LIMIT 1000)
            SELECT EXISTS (SELECT 1 FROM operational_data_v_attributes WHERE source = @Source AND attribute = @Field)
              OR EXISTS (SELECT 1 FROM known, json_each(known.attributes) a WHERE a.key = @Field)
            """;

        public const string Touchpoints = "SELECT code FROM journeys_v_touchpoints";
    }
}
