using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Responses.ListResponses;

/// <summary>The page.</summary>
/// <param name="Export">Address of the file; null until a survey is chosen, for columns are a survey's.</param>
sealed record View(FilterBar Filters, IReadOnlyList<ViewRow> Rows, Pager Pager, string? Export)
{
    public static View Of(Listing<ResponseRow> page, PageRequest request, Session session, SurveyVersions surveys, Caller caller, ScopedTexts words)
    {
        var filter = request.Filter;
        KeyValuePair<string, string>[] query = [.. Parameters(filter).Where(pair => pair.Value.Length > 0)];
        return new View(
            new FilterBar(
            [
                Field("period", filter.Period ?? ResponseFilter.DefaultPeriod, ResponseFilter.Periods.Select(period => new Option(period, words["period." + period]))) with { Default = ResponseFilter.DefaultPeriod },
                Field("survey", filter.Survey, session.Query<Named>(Sql.Surveys).Select(survey => survey.In(caller.Language))),
                Field("touchpoint", filter.Touchpoint, session.Query<Named>(Sql.Touchpoints).Select(touchpoint => touchpoint.In(caller.Language))),
                Field("band", filter.Band, ResponseFilter.Bands.Select(band => new Option(band, words["band." + band]))),
                Field("comment", filter.Comment, [new Option("1", words["comment.with"])]),
                Field("orgUnit", filter.OrgUnit, session.Query<Named>(Sql.OrgUnits, new { caller.OrgUnit }).Select(unit => unit.In(caller.Language))),
            ]) { Always = 3, Kept = [.. Parameters(filter).Where(pair => pair.Key is "from" or "to" or "account" && pair.Value.Length > 0)] },
            [.. page.Items.Select(row => ViewRow.Of(row, surveys.Get(session, row.SurveyId, row.SurveyVersion), caller.Language))],
            new Pager(
                page.Next is { } next ? Urls.Build("/responses", [.. query, KeyValuePair.Create("cursor", next)]) : null,
                request.Cursor is null ? null : Urls.Build("/responses", query), page.Items.Count),
            string.IsNullOrEmpty(filter.Survey) ? null : Urls.Build("/responses.csv", query));

        FilterField Field(string name, string? value, IEnumerable<Option> options) =>
            new(name, words["filter." + name], value ?? "", name == "period" ? [.. options] : [new Option("", words["all"]), .. options]);
    }

    static IEnumerable<KeyValuePair<string, string>> Parameters(ResponseFilter filter) =>
    [
        new("period", filter.Period ?? ""), new("from", filter.From ?? ""), new("to", filter.To ?? ""), new("survey", filter.Survey ?? ""),
        new("touchpoint", filter.Touchpoint ?? ""), new("band", filter.Band ?? ""), new("comment", filter.Comment ?? ""), new("orgUnit", filter.OrgUnit ?? ""),
        new("account", filter.Account ?? ""),
    ];
}

/// <param name="Scores">Each scored answer: the question's id and what was answered.</param>
/// <param name="Comment">The first of the person's own words; null for none.</param>
sealed record ViewRow(Id Id, DateTimeOffset CompletedAt, string Survey, string? Account, string? AccountName, string? ContactName, string? Touchpoint, IReadOnlyList<ViewScore> Scores, string? Comment, bool Interested)
{
    const int LongestComment = 160;

    public static ViewRow Of(ResponseRow row, Questionnaires.Questionnaire questionnaire, string language)
    {
        var answers = questionnaire.Kept(row.Answers);
        var comment = questionnaire.Texts(answers).FirstOrDefault(text => questionnaire.Find(text.Question)!.IsFree).Text;
        return new ViewRow(
            row.Id, row.CompletedAt, questionnaire.Definition.Title.In(language), row.Account, row.AccountName, row.ContactName, row.Touchpoint,
            [.. questionnaire.Scores(answers).Where(score => score.Value is not null).Select(score => new ViewScore(score.Measure, score.Value!.Value))],
            comment?.Length > LongestComment ? string.Concat(comment.AsSpan(0, LongestComment), "…") : comment, row.Interested);
    }
}

sealed record ViewScore(string Measure, int Value);

file sealed record Named(string Code, string NameEn, string NameZh)
{
    public Option In(string language) => new(Code, language == Languages.Chinese ? NameZh : NameEn);
}

file static class Sql
{
    public const string Surveys = "SELECT code, title_en AS name_en, title_zh AS name_zh FROM surveys_v_surveys ORDER BY code";

    public const string Touchpoints = "SELECT code, name_en, name_zh FROM journeys_v_touchpoints ORDER BY sort, code";

    public const string OrgUnits = """
        SELECT u.code, u.name AS name_en, u.name AS name_zh FROM customers_v_org_units u
        WHERE u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) ORDER BY u.name
        """;
}
