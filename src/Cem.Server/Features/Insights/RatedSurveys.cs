using Cem.Contracts.Insights;
using Cem.Kernel.Data;

namespace Cem.Server.Features.Insights;

/// <summary>A published survey that rates an outcome and at least two more questions.</summary>
/// <param name="Open">Questions that everybody sees and nobody has to answer: what a survey asks about in detail.</param>
sealed record RatedSurvey(QuadrantSurvey Survey, bool IsRelationship, IReadOnlySet<string> Open)
{
    /// <summary>The question asked for; else that for recommendation, or the first one.</summary>
    public QuadrantQuestion Outcome(string? asked) =>
        Survey.Questions.FirstOrDefault(question => question.Id == asked) ?? Survey.Questions.FirstOrDefault(question => question.Measure == RatingScales.Nps) ?? Survey.Questions[0];

    /// <summary>The factors asked for, where at least two of them are rated; else the open questions, or all but the outcome.</summary>
    public IReadOnlyList<QuadrantQuestion> Factors(IReadOnlyList<string>? asked, QuadrantQuestion outcome)
    {
        List<QuadrantQuestion> others = [.. Survey.Questions.Where(question => question.Id != outcome.Id)];
        if (asked is not null && others.FindAll(question => asked.Contains(question.Id)) is { Count: >= LeastFactors } chosen)
            return chosen;
        return others.FindAll(question => Open.Contains(question.Id)) is { Count: >= LeastFactors } open ? open : others;
    }

    public const int LeastFactors = 2;
}

/// <summary>Reads the surveys of which a quadrant can be made, as they are published now.</summary>
static class RatedSurveys
{
    public static IReadOnlyList<RatedSurvey> Read(Db db)
    {
        var scales = RatingScales.Measures.ToDictionary(measure => measure, measure => new RatingScales(measure, db));
        return
        [
            .. db.Query<QuestionRow>(Sql.Questions).Where(row => scales.ContainsKey(row.Measure)).GroupBy(row => row.Code).Where(survey => survey.Count() > RatedSurvey.LeastFactors).Select(survey => new RatedSurvey(
                new(survey.Key, survey.First().TitleEn, survey.First().TitleZh, [.. survey.Select(row => Question(row, scales[row.Measure].Of(row.Code, row.Question)))]),
                survey.First().Kind == "relationship", survey.Where(row => row.Open && row.Measure != RatingScales.Nps).Select(row => row.Question).ToHashSet())),
        ];
    }

    static QuadrantQuestion Question(QuestionRow row, RatingScale scale) => new(row.Question, row.Measure, scale.Least, scale.Most, row.TextEn, row.TextZh);

    sealed record QuestionRow(string Code, string Kind, string TitleEn, string TitleZh, string Question, string Measure, string TextEn, string TextZh, bool Open);

    static class Sql
    {
        public const string Questions = """
            SELECT s.code, s.kind, s.title_en, s.title_zh, q.question, q.measure, q.text_en, q.text_zh, q.open
            FROM surveys_v_surveys s JOIN surveys_v_questions q ON q.survey_id = s.id AND q.version = s.published_version
            WHERE q.measure IS NOT NULL ORDER BY s.code, q.position
            """;
    }
}
