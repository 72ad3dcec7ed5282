using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Html.Charts;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using MediatR;

namespace Cem.Server.Features.Responses.ShowResults;

/// <summary>
/// What a survey's answers come to, question by question: how often each value was given, of how many. Below the minimum
/// number of answers nothing is shown; answers of other versions count where the question was coded alike.
/// </summary>
[Access(Staff = Roles.All)]
sealed record Request(string Code, ResponseFilter Filter) : IRequest<View>;

sealed class Module : Routes
{
    public Module() =>
        Get("/surveys/{code}/results", async (string code, [AsParameters] ResponseFilter filter, IMediator mediator, CancellationToken ct) =>
                Page.Of(await mediator.Send(new Request(code, filter with { Survey = code }), ct)))
            .Sends<Request>();
}

/// <param name="Responses">All that the filter lets through.</param>
sealed record View(
    string Code, string SurveyTitle, FilterBar Filters, int Responses, string List, IReadOnlyList<QuestionResult> Questions, IReadOnlyList<NavigationEntry> Breadcrumb);

/// <param name="Answered">"Not applicable" and no answer left out.</param>
/// <param name="Excluded">Said "not applicable".</param>
/// <param name="Bars">Null where there are too few to show, or the answers are words.</param>
/// <param name="Words">Where the answers are words: where to read them.</param>
sealed record QuestionResult(string Id, string Question, int Answered, int Excluded, bool TooFew, BarList? Bars, string? Words);

sealed class Handler(Db db, SurveyVersions surveys, Caller caller, CompanyTime time, Texts texts) : IRequestHandler<Request, View>
{
    /// <summary>Fewer answers than this say more about the people than about us.</summary>
    const int Least = 5;

    public Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var filter = request.Filter.Bind(caller.OrgUnit, time, ResponseFilter.DefaultPeriod);
        return Task.FromResult(db.Read(reader =>
        {
            var survey = reader.Find<Survey>(Sql.Survey, new { request.Code }) is { PublishedVersion: { } version } found
                ? surveys.Get(reader, found.Id, version)
                : throw Problem.NotFound("survey-not-found", ($"There is no published survey '{request.Code}'.", $"没有已发布的问卷“{request.Code}”。"));
            var given = survey.Questions.ToDictionary(question => question.Id, _ => new List<Answer>());
            var responses = 0;
            foreach (var row in reader.Stream<Row>(Sql.Answers, filter))
            {
                responses++;
                Sort(surveys.Get(reader, row.SurveyId, row.SurveyVersion), row.Answers, survey, given);
            }
            return Draw(request, reader, survey, given, responses);
        }));
    }

    static void Sort(Questionnaire asked, string json, Questionnaire survey, Dictionary<string, List<Answer>> given)
    {
        var answers = asked.Kept(json);
        foreach (var question in asked.Questions)
            if (answers[question.Id] is { } answer && survey.Find(question.Id)?.Coding == question.Coding)
                given[question.Id].Add(answer);
    }

    View Draw(Request request, Session session, Questionnaire survey, Dictionary<string, List<Answer>> given, int responses)
    {
        var words = texts.For(caller.Language, "Responses/ShowResults");
        var filter = request.Filter.WithDaysAsPeriod();
        return new View(
            request.Code, survey.Definition.Title.In(caller.Language), ResponseBar.Of(filter, session, caller, words, survey: false),
            responses, Urls.Build("/responses", [.. filter.Parameters]),
            [.. survey.Questions.Select(question => Result(question, given[question.Id], Urls.Build("/responses", [.. (filter with { Comment = "1" }).Parameters])))],
            [new NavigationEntry(words["surveys"], "/surveys"), new NavigationEntry(request.Code, $"/surveys/{request.Code}"), new NavigationEntry(words["title"], "", Current: true)]);
    }

    QuestionResult Result(Question question, IReadOnlyList<Answer> answers, string words)
    {
        var (text, summary) = (question.Head.Text.In(caller.Language), question.Summarise(answers));
        var few = summary.Answered < Least;
        return new QuestionResult(
            question.Id, text, summary.Answered, summary.NotApplicable, few && !question.IsFree,
            few || question.IsFree ? null : new BarList(text, [.. summary.Rows.Select(row => new Bar(row.Label.In(caller.Language), row.Count / (double)summary.Answered) { Note = row.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) })]) { Unit = Kernel.Html.Unit.Share, Full = 1 },
            question.IsFree && summary.Answered > 0 ? words : null);
    }
}

sealed record Survey(long Id, int? PublishedVersion);

file sealed record Row(long SurveyId, int SurveyVersion, string Answers);

file static class Sql
{
    public const string Survey = "SELECT id, published_version FROM surveys_v_surveys WHERE code = @Code";

    public const string Answers = "SELECT r.survey_id, r.survey_version, r.answers FROM responses_responses r " + ResponseFilter.Where;
}
