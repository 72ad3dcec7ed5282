using Cem.Contracts.Access;
using Cem.Contracts.Surveys;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.Surveys.PublishSurvey;

/// <summary>
/// Freezes the draft as a version that is never changed afterwards; who is asked from now on is asked by it. A draft that
/// is published already makes no new version. Says what changes for those who read trends.
/// </summary>
/// <param name="IfMatch">The tag of the draft as it was read; null to publish whatever is there.</param>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(string Code, string? IfMatch = null) : IRequest<Response>;

/// <param name="Version">The version that now holds.</param>
/// <param name="IsNew">Whether this call made it.</param>
/// <param name="Changes">What differs from the version before, what breaks trends first.</param>
sealed record Response(string Code, int Version, bool IsNew, IReadOnlyList<Change> Changes);

/// <param name="Kind"><c>added</c>, <c>removed</c>, <c>recoded</c>, <c>optionAdded</c>, <c>optionRemoved</c>, <c>reworded</c> or <c>askedOtherwise</c>.</param>
/// <param name="BreaksTrend">Whether its figures before and after cannot be compared.</param>
sealed record Change(string Question, string Kind, bool BreaksTrend, Wording Message);

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/surveys/{code}:publish", (string code, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken ct) =>
                mediator.Send(new Request(code, ifMatch), ct))
            .Sends<Request>()
            .Summary("Publish a survey")
            .Describe("Freezes the draft as a new version; publishing the same draft again makes none. The answer says what changes for trends.");

        Post("/surveys/{code}/publish", async (string code, IFormCollection form, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(code, form["ifMatch"]), ct);
                return TypedResults.LocalRedirect($"/surveys/{Uri.EscapeDataString(code)}?done=published");
            })
            .Sends<Request>();
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var row = tx.Find<Row>(Sql.Find, new { request.Code }) ?? throw Drafts.NotFound(request.Code);
        if (!ETags.Match(request.IfMatch, row.Revision))
            throw Problem.Stale();
        if (row.PublishedVersion is { } current && row.Published == row.Draft)
            return new Response(request.Code, current, false, []);
        var definition = SurveyDefinition.Stored(row.Draft);
        var version = (row.PublishedVersion ?? 0) + 1;
        tx.Execute(Sql.Freeze, new { row.Id, Version = version, row.Draft, tx.Now, By = caller.Name });
        foreach (var (position, question) in definition.Questions.Index())
            tx.Prepare(Sql.AddQuestion).Run(row.Id, version, question.Id, position, question.Head.Type.Name, question.Measure, question.Coding, question.Head.Text.En, question.Head.Text.Zh,
                question.Head is { Required: false, ShowWhen: null } ? 1 : 0);
        tx.Execute(Sql.Advance, new { row.Id, Version = version });
        tx.Tell(new SurveyPublished(row.Id, version));
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "survey.published", request.Code, Json.Write(new { version })));
        var changes = DefinitionChanges.Between(row.Published is null ? null : SurveyDefinition.Stored(row.Published), definition);
        return new Response(request.Code, version, true,
            [.. changes.Select(change => new Change(change.Question, change.Change, change.BreaksTrend, new Wording(change.Message.En, change.Message.Zh)))]);
    }, cancellationToken);
}

file sealed record Row(long Id, string Draft, long Revision, int? PublishedVersion, string? Published);

file static class Sql
{
    public const string Find = """
        SELECT s.id, s.draft, s.revision, s.published_version, v.definition AS published
        FROM surveys_surveys s LEFT JOIN surveys_versions v ON v.survey_id = s.id AND v.version = s.published_version
        WHERE s.code = @Code
        """;

    public const string Freeze = """
        INSERT INTO surveys_versions (survey_id, version, definition, published_at, published_by) VALUES (@Id, @Version, @Draft, @Now, @By)
        """;

    public const string AddQuestion = """
        INSERT INTO surveys_questions (survey_id, version, question, position, type, measure, coding, text_en, text_zh, open)
        VALUES (@Survey, @Version, @Question, @Position, @Type, @Measure, @Coding, @TextEn, @TextZh, @Open)
        """;

    public const string Advance = "UPDATE surveys_surveys SET published_version = @Version WHERE id = @Id";
}
