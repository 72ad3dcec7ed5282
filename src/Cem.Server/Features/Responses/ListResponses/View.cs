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
        var filter = request.Filter.WithDaysAsPeriod();
        KeyValuePair<string, string>[] query = [.. filter.Parameters];
        return new View(
            ResponseBar.Of(filter, session, caller, words),
            [.. page.Items.Select(row => ViewRow.Of(row, surveys.Get(session, row.SurveyId, row.SurveyVersion), caller.Language))],
            new Pager(
                page.Next is { } next ? Urls.Build("/responses", [.. query, KeyValuePair.Create("cursor", next)]) : null,
                request.Cursor is null ? null : Urls.Build("/responses", query), page.Items.Count),
            string.IsNullOrEmpty(filter.Survey) ? null : Urls.Build("/responses.csv", query));
    }
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
