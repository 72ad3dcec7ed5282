using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.Surveys.PutSurveyMatrix;

/// <summary>
/// Replaces the whole survey matrix: at which touchpoint people of which role are asked what, after which event. A cell
/// that is missing here is emptied; one that stays keeps its identity.
/// </summary>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(IReadOnlyList<Cell> Cells) : IRequest<Response>
{
    /// <summary>The tag of the matrix that the change was made on; null to replace whatever is there.</summary>
    [JsonIgnore]
    public string? IfMatch { get; init; }
}

/// <param name="Trigger">The type of the event that makes the server ask.</param>
/// <param name="DelayMinutes">How long after the event, at most 90 days.</param>
/// <param name="Channel">How the invitation travels: by our own mail, or as a link that the CRM sends.</param>
/// <param name="Sampling">The share of events that ask, above 0 up to 1.</param>
sealed record Cell(string Touchpoint, ContactRole Role, string Survey, string Trigger, int DelayMinutes = 0, InvitationChannel Channel = InvitationChannel.Email, double Sampling = 1, bool Active = true);

enum ContactRole
{
    DecisionMaker,
    Purchaser,
    Influencer,
    User,
}

enum InvitationChannel
{
    Email,
    Link,
}

sealed record Response(int Cells, long Revision);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/survey-matrix", async (Request body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(body with { IfMatch = ifMatch }, ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Replace the survey matrix")
            .Describe("The whole matrix at once; repeating it changes nothing. All faults are reported at once. With If-Match, 412 when it has changed since.")
            .Example("""
                {"cells": [{"touchpoint": "traveller-support", "role": "user", "survey": "support", "trigger": "ticket.closed", "delayMinutes": 30, "channel": "email", "sampling": 1.0}]}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    const int NinetyDays = 90 * 24 * 60;

    public Validator()
    {
        RuleFor(request => request.Cells.Count).LessThanOrEqualTo(2000).OverridePropertyName("cells");
        RuleForEach(request => request.Cells).ChildRules(cell =>
        {
            cell.RuleFor(each => each.Touchpoint).NotEmpty().MaximumLength(64);
            cell.RuleFor(each => each.Survey).NotEmpty().MaximumLength(64);
            cell.RuleFor(each => each.Trigger).NotEmpty().MaximumLength(100);
            cell.RuleFor(each => each.DelayMinutes).InclusiveBetween(0, NinetyDays);
            cell.RuleFor(each => each.Sampling).GreaterThan(0).LessThanOrEqualTo(1);
        });
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var revision = tx.Single<long>(Sql.Revision);
        if (!ETags.Match(request.IfMatch, revision))
            throw Problem.Stale();
        var touchpoints = tx.Query<string>(Sql.Touchpoints).ToHashSet(StringComparer.Ordinal);
        var surveys = tx.Query<Survey>(Sql.Surveys).ToDictionary(survey => survey.Code, survey => (survey.Id, survey.PublishedVersion), StringComparer.Ordinal);
        if (Faults(request.Cells, touchpoints, surveys).ToList() is { Count: > 0 } faults)
            throw Problem.Rules(faults);
        var cells = request.Cells.Select(cell => new Row(cell.Touchpoint, Name(cell.Role), surveys[cell.Survey].Id, cell.Trigger.Trim(), cell.DelayMinutes, Name(cell.Channel), cell.Sampling, cell.Active)).ToHashSet();
        var existing = tx.Query<Row>(Sql.Cells).ToHashSet();
        if (cells.SetEquals(existing))
            return new Response(cells.Count, revision);
        foreach (var gone in existing.ExceptBy(cells.Select(cell => (cell.Touchpoint, cell.Role)), cell => (cell.Touchpoint, cell.Role)))
            tx.Execute(Sql.Empty, new { gone.Touchpoint, gone.Role });
        foreach (var cell in cells.Except(existing))
            tx.Execute(Sql.Put, new { Id = tx.NewId(), cell.Touchpoint, cell.Role, cell.SurveyId, cell.Trigger, cell.DelayMinutes, cell.Channel, cell.Sampling, cell.Active, tx.Now });
        tx.Execute(Sql.Advance);
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "survey-matrix.changed", "survey-matrix", Json.Write(new
        {
            gone = existing.Except(cells).Select(cell => $"{cell.Touchpoint}/{cell.Role}"), put = cells.Except(existing).Select(cell => $"{cell.Touchpoint}/{cell.Role}"),
        })));
        return new Response(cells.Count, revision + 1);
    }, cancellationToken);

    static IEnumerable<FieldError> Faults(IReadOnlyList<Cell> cells, HashSet<string> touchpoints, Dictionary<string, (long Id, int? PublishedVersion)> surveys)
    {
        var seen = new HashSet<(string, ContactRole)>();
        foreach (var (index, cell) in cells.Index())
        {
            if (!touchpoints.Contains(cell.Touchpoint))
                yield return new($"/cells/{index}/touchpoint", "touchpoint-not-found", ($"There is no touchpoint '{cell.Touchpoint}'.", $"触点“{cell.Touchpoint}”不存在。"));
            if (!surveys.TryGetValue(cell.Survey, out var survey))
                yield return new($"/cells/{index}/survey", "survey-not-found", ($"There is no survey '{cell.Survey}'.", $"问卷“{cell.Survey}”不存在。"));
            else if (survey.PublishedVersion is null)
                yield return new($"/cells/{index}/survey", "survey-not-published", ($"The survey '{cell.Survey}' is not published yet.", $"问卷“{cell.Survey}”尚未发布。"));
            if (!seen.Add((cell.Touchpoint, cell.Role)))
                yield return new($"/cells/{index}", "taken", ($"'{cell.Touchpoint}' has two cells for the role {Name(cell.Role)}.", $"触点“{cell.Touchpoint}”的角色 {Name(cell.Role)} 重复。"));
        }
    }

    static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

file sealed record Survey(long Id, string Code, int? PublishedVersion);

file sealed record Row(string Touchpoint, string Role, long SurveyId, string Trigger, int DelayMinutes, string Channel, double Sampling, bool Active);

file static class Sql
{
    public const string Revision = "SELECT revision FROM surveys_matrix_revision";

    public const string Advance = "UPDATE surveys_matrix_revision SET revision = revision + 1";

    public const string Touchpoints = "SELECT code FROM journeys_v_touchpoints";

    public const string Surveys = "SELECT id, code, published_version FROM surveys_surveys";

    public const string Cells = "SELECT touchpoint, role, survey_id, trigger, delay_minutes, channel, sampling, active FROM surveys_cells";

    public const string Empty = "DELETE FROM surveys_cells WHERE touchpoint = @Touchpoint AND role = @Role";

    public const string Put = """
        INSERT INTO surveys_cells (id, touchpoint, role, survey_id, trigger, delay_minutes, channel, sampling, active, updated_at)
        VALUES (@Id, @Touchpoint, @Role, @SurveyId, @Trigger, @DelayMinutes, @Channel, @Sampling, @Active, @Now)
        ON CONFLICT (touchpoint, role) DO UPDATE SET survey_id = excluded.survey_id, trigger = excluded.trigger, delay_minutes = excluded.delay_minutes,
          channel = excluded.channel, sampling = excluded.sampling, active = excluded.active, updated_at = excluded.updated_at
        """;
}
