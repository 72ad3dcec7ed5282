using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Responses.ReadResponse;

/// <summary>One response: what was answered, in words, by whom, when, to which version, and the dimensions of the moment.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request([property: JsonIgnore] Id Id) : IRequest<ResponseAnswer>;

/// <summary>The page.</summary>
[Access(Staff = Roles.All)]
sealed record PageRequest(Id Id) : IRequest<View>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/responses/{id}", (Id id, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(id), ct))
            .Sends<Request>()
            .Summary("Read a response");

        Get("/responses/{id}", async (Id id, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new PageRequest(id), ct)))
            .Sends<PageRequest>();
    }
}

sealed record View(
    ResponseRow Row, string Survey, string Who, IReadOnlyList<AnswerView> Answers, IReadOnlyList<OrderView> Orders, IReadOnlyList<NavigationEntry> Breadcrumb);

/// <param name="Said">What was answered, in words; several for several choices.</param>
/// <param name="Quote">Whether these are the person's own words.</param>
sealed record AnswerView(string Question, IReadOnlyList<string> Said, bool Quote);

/// <summary>A work order of the account.</summary>
sealed record OrderView(Id Id, long Number, string State, DateTimeOffset OpenedAt);

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, ResponseAnswer>
{
    public Task<ResponseAnswer> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(ResponseAnswer.Of(Find.Row(db, request.Id, caller)));
}

sealed class PageHandler(Db db, SurveyVersions surveys, Caller caller, Texts texts) : IRequestHandler<PageRequest, View>
{
    public Task<View> Handle(PageRequest request, CancellationToken cancellationToken)
    {
        var row = Find.Row(db, request.Id, caller);
        var questionnaire = db.Read(reader => surveys.Get(reader, row.SurveyId, row.SurveyVersion));
        var answers = questionnaire.Kept(row.Answers);
        var words = texts.For(caller.Language, "Responses/ReadResponse");
        return Task.FromResult(new View(
            row, questionnaire.Definition.Title.In(caller.Language), row.ContactName ?? row.AccountName ?? words["nobody"],
            [.. questionnaire.Questions.Select(question => (question, answer: answers[question.Id])).Where(pair => pair.answer is not null).Select(pair => new AnswerView(
                pair.question.TextFor(answers).In(caller.Language), [.. pair.question.Said(pair.answer!).Select(said => said.In(caller.Language))], pair.question.IsFree))],
            row.Account is null ? [] : db.Query<OrderView>(Sql.Orders, new { row.Account, caller.OrgUnit }),
            [new NavigationEntry(words["list"], "/responses"), new NavigationEntry(row.Id.ToString(), "", Current: true)]));
    }
}

file static class Find
{
    /// <exception cref="Problem">404: there is none, or it lies outside what the caller sees.</exception>
    public static ResponseRow Row(Db db, Id id, Caller caller) => db.Find<ResponseRow>(Sql.Find, new { Id = id, caller.OrgUnit })
        ?? throw Problem.NotFound("response-not-found", ($"There is no response '{id}'.", $"答卷“{id}”不存在。"));
}

file static class Sql
{
    public const string Find = ResponseRow.Select + """
        WHERE r.id = @Id AND r.state = 'complete'
          AND (@OrgUnit = 0 OR r.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit))
        """;

    public const string Orders = """
        SELECT w.id, w.number, w.state, w.opened_at FROM work_orders_v_orders w JOIN customers_v_accounts a ON a.id = w.account_id
        WHERE a.external_id = @Account AND w.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        ORDER BY w.opened_at DESC LIMIT 10
        """;
}
