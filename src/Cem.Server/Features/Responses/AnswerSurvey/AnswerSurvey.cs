using Cem.Contracts.Responses;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using MediatR;

namespace Cem.Server.Features.Responses.AnswerSurvey;

/// <summary>
/// The survey page behind a personal link. Looking at it records nothing, for mail scanners open links. Each step that is
/// sent is kept, so that the same link goes on where it was left, on any device; the last one completes the answer, once.
/// </summary>
/// <param name="Token">Proof that the form was served to this very link.</param>
/// <param name="Step">The step that is sent, from 0; <paramref name="To"/> is the last one the page showed with it.</param>
[Access(Anyone = true)]
sealed record Request(string Secret, string? Token, int Step, int To, Move Move, string? Language, IFormCollection Form) : IRequest<Outcome>;

/// <summary>What a button of the page does, after what was entered is kept.</summary>
enum Move
{
    Next,
    Back,

    /// <summary>Nothing further; sent by script whenever an answer changes.</summary>
    Stay,
}

/// <param name="Step">The step asked for; null for where the person left off.</param>
/// <param name="Address">Where the call comes from.</param>
[Access(Anyone = true)]
sealed record OpenRequest(string Secret, int? Step, string? Language, string Address) : IRequest<Outcome>;

sealed class Module : Routes
{
    const long LargestForm = 256 * 1024;

    public Module()
    {
        Get("/s/{secret}", async (string secret, int? step, string? lang, HttpContext http, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new OpenRequest(secret, step, lang, http.Connection.RemoteIpAddress?.ToString() ?? ""), ct)).Result(secret))
            .Sends<OpenRequest>()
            .Summary("The survey page of a personal link");

        Post("/s/{secret}", async (string secret, IFormCollection form, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(Read(secret, form), ct)).Result(secret))
            .Sends<Request>()
            .OwnFormToken()
            .BodyLimit(LargestForm)
            .Summary("Send a page of the survey");
    }

    static Request Read(string secret, IFormCollection form)
    {
        if (!int.TryParse(form["step"], out var step) || step < 0)
            throw Problem.Malformed("step", "step", ("The form lacks its step.", "表单缺少步骤信息。"));
        var move = form["go"].ToString() switch { "back" => Move.Back, "stay" => Move.Stay, _ => Move.Next };
        return new Request(secret, form[FormTokens.Field], step, int.TryParse(form["to"], out var to) ? to : step, move, form["lang"], form);
    }
}

sealed class OpenHandler(Db db, SurveyVersions surveys, FormTokens tokens, CompanyTime time, UnknownLinks unknown, Caller caller) : IRequestHandler<OpenRequest, Outcome>
{
    public Task<Outcome> Handle(OpenRequest request, CancellationToken cancellationToken)
    {
        unknown.Check(request.Address);
        var (link, questionnaire) = db.Read(reader => SurveyLink.Find(reader, request.Secret) is { SurveyVersion: { } version } found
            ? (found, surveys.Get(reader, found.SurveyId, version))
            : default);
        if (link is null)
            unknown.Count(request.Address);
        var walk = new Walk(link, questionnaire, request.Language ?? (link is null ? caller.Language : null), time, tokens);
        return Task.FromResult(walk.Closed(request.Secret) ?? walk.Show(request.Secret, request.Step));
    }
}

sealed class Handler(Db db, SurveyVersions surveys, FormTokens tokens, CompanyTime time) : IRequestHandler<Request, Outcome>
{
    public Task<Outcome> Handle(Request request, CancellationToken cancellationToken)
    {
        if (!tokens.Fits(request.Token, Walk.Purpose(request.Secret)))
            throw Problem.ForeignForm();
        return db.Write(tx =>
        {
            var link = SurveyLink.Find(tx, request.Secret);
            var questionnaire = link?.SurveyVersion is { } version ? surveys.Get(tx, link.SurveyId, version) : null;
            var walk = new Walk(link, questionnaire, request.Language, time, tokens);
            return walk.Closed(request.Secret, sent: true) ?? Take(tx, request, link!, walk);
        }, cancellationToken);
    }

    Outcome Take(Tx tx, Request request, SurveyLink link, Walk walk)
    {
        var sent = walk.Read(request.Step, request.To, request.Form);
        if (request.Move == Move.Stay)
        {
            Keep(tx, link, walk, sent.Given, request.Step);
            return walk.Fragment(sent);
        }
        if (request.Move == Move.Back)
        {
            Keep(tx, link, walk, sent.Given, request.Step);
            return walk.GoTo(walk.Questionnaire.NextStep(request.Step, sent.Given, backwards: true) ?? 0);
        }
        if (sent.Errors.Count > 0)
        {
            Keep(tx, link, walk, sent.Given, request.Step);
            return walk.Refuse(request.Secret, sent);
        }
        if (walk.Questionnaire.NextStep(sent.Last, sent.Given) is { } next)
        {
            Keep(tx, link, walk, sent.Given, next);
            return walk.GoTo(next);
        }
        if (walk.StillMissing(request.Secret, sent) is { } refused)
        {
            Keep(tx, link, walk, sent.Given, request.Step);
            return refused;
        }
        Complete(tx, link, walk, sent.Given);
        return walk.GoTo(null);
    }

    static void Keep(Tx tx, SurveyLink link, Walk walk, Answers answers, int step)
    {
        tx.Execute(Sql.Keep, new
        {
            Id = link.ResponseId ?? tx.NewId(), link.InvitationId, link.SurveyId, link.SurveyCode, link.SurveyVersion, link.AccountId, link.ContactId,
            link.Touchpoint, link.Channel, walk.Language, Page = step, Answers = answers.Questionnaire.Write(answers), tx.Now,
        });
        if (link.ResponseId is null)
            tx.Tell(new ResponseStarted(link.InvitationId));
    }

    void Complete(Tx tx, SurveyLink link, Walk walk, Answers answers)
    {
        tx.Execute(Sql.DropPartial, new { link.InvitationId });
        new CompleteResponse(link.ResponseId ?? tx.NewId(), link.SurveyId, link.SurveyCode, link.SurveyVersion!.Value, answers, Respondent.Of(tx, link.ContactId!.Value))
        {
            InvitationId = link.InvitationId,
            Touchpoint = link.Touchpoint,
            Channel = link.Channel,
            Product = link.Product,
            Language = walk.Language,
            StartedAt = link.StartedAt ?? tx.Now,
            CompletedAt = tx.Now,
        }.Store(tx, time);
    }
}

file static class Sql
{
    public const string Keep = """
        INSERT INTO responses_responses (id, invitation_id, survey_id, survey_code, survey_version, state, account_id, contact_id, touchpoint, channel,
          language, page, answers, started_at, saved_at)
        VALUES (@Id, @InvitationId, @SurveyId, @SurveyCode, @SurveyVersion, 'partial', @AccountId, @ContactId, @Touchpoint, @Channel,
          @Language, @Page, @Answers, @Now, @Now)
        ON CONFLICT (invitation_id) WHERE invitation_id IS NOT NULL DO UPDATE SET language = excluded.language, page = MAX(page, excluded.page), answers = excluded.answers, saved_at = excluded.saved_at
        """;

    public const string DropPartial = "DELETE FROM responses_responses WHERE invitation_id = @InvitationId AND state = 'partial'";
}
