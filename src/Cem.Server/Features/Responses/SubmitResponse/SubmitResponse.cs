using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Responses.SubmitResponse;

/// <summary>
/// Takes an answer collected elsewhere: an app of the company's own, a telephone interview, an old tool. Idempotent on
/// submissionId. The response, its scores and what they tell are one transaction; an open invitation of the contact to
/// the same survey is answered by it.
/// </summary>
/// <param name="Version">The version of the survey that was asked; the published one where nothing is said.</param>
/// <param name="RecordedBy">Who wrote it down for the customer.</param>
/// <param name="Interested">Whether that person has an interest in the answer; the account's owner always has.</param>
[Access(Keys = [Scopes.EventsWrite, Scopes.SurveysWrite])]
sealed record Request(
    string SubmissionId, string Survey, string Channel, DateTimeOffset CompletedAt, JsonElement Answers, int? Version = null, string? Account = null,
    string? Contact = null, string? Touchpoint = null, string? Language = null, string? RecordedBy = null, bool Interested = false) : IRequest<Response>;

/// <param name="Created">False where the same answer had been submitted before.</param>
/// <param name="Invitation">The invitation it answers, if any.</param>
sealed record Response(Id Id, string SubmissionId, string Survey, int Version, Id? Invitation, IReadOnlyList<Score> Scores, bool Created);

/// <param name="Value">Null for "not applicable".</param>
sealed record Score(string Question, string Measure, int? Value);

/// <summary>Many answers at once, taken in their order.</summary>
[Access(Keys = [Scopes.EventsWrite, Scopes.SurveysWrite])]
sealed record BatchRequest(IReadOnlyList<JsonElement> Items) : IRequest<BatchAnswer>;

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/responses", async Task<Results<Ok<Response>, Created<Response>>> (Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body, ct) is var response && response.Created
                    ? TypedResults.Created($"/api/v1/responses/{response.Id}", response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Submit an answer collected elsewhere")
            .Describe("201 when it is new. The same submissionId with the same content gives the stored answer (200), with other content 409. Answers are checked against the survey's version: ratings as numbers, choices by code, several choices as a list.")
            .Example("""
                {"submissionId": "app-20260311-0001", "survey": "support", "account": "acct-017", "contact": "acct-017-c08", "touchpoint": "traveller-support", "channel": "app", "completedAt": "2026-03-11T09:30:00+08:00", "answers": {"support_csat": 3, "ease": 6, "nps": 9, "nps_reason": "Settled in one call"}}
                """);

        Post("/api/v1/responses:batch", (BatchRequest body, IMediator mediator, CancellationToken ct) => mediator.Send(body, ct))
            .Sends<BatchRequest>()
            .BodyLimit(Batch.MostBytes)
            .Summary("Submit many answers")
            .Describe("Up to 1,000 answers or 5 MB, taken in order. Each gets its own result; one that is refused does not touch the others.")
            .Example("""
                {"items": [{"submissionId": "old-1", "survey": "relationship", "account": "acct-017", "channel": "phone", "completedAt": "2026-03-11T09:30:00+08:00", "answers": {"nps": 7}}]}
                """);
    }
}

sealed class Validator : AbstractValidator<Request>
{
    /// <summary>Clocks of other machines may be ahead of ours.</summary>
    static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public Validator(TimeProvider clock)
    {
        RuleFor(request => request.SubmissionId).NotEmpty().MaximumLength(128).Matches(@"^[^\p{C}]*$");
        RuleFor(request => request.Survey).NotEmpty().MaximumLength(64);
        RuleFor(request => request.Version).GreaterThan(0);
        RuleFor(request => request.Account).MaximumLength(128);
        RuleFor(request => request.Contact).MaximumLength(128);
        RuleFor(request => request.Touchpoint).MaximumLength(64);
        RuleFor(request => request.Channel).NotEmpty().MaximumLength(64).Matches(@"^[^\p{C}]*$");
        RuleFor(request => request.CompletedAt).LessThanOrEqualTo(_ => clock.GetUtcNow() + Ahead);
        RuleFor(request => request.Language).MaximumLength(35).Matches("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$");
        RuleFor(request => request.RecordedBy).MaximumLength(254).Matches(@"^[^\p{C}]*$");
    }
}

sealed class Handler(Db db, SurveyVersions surveys, CompanyTime time, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var hash = Submission.HashOf(request);
        return db.Write(tx => new Submission(tx, surveys, time, caller.OrgUnit).Take(request, hash), cancellationToken);
    }
}

sealed class BatchHandler(Db db, SurveyVersions surveys, CompanyTime time, Caller caller, IValidator<Request> validator) : IRequestHandler<BatchRequest, BatchAnswer>
{
    public Task<BatchAnswer> Handle(BatchRequest request, CancellationToken cancellationToken)
    {
        var entries = Batch.Read(request.Items, validator);
        return db.Write(tx =>
        {
            var submission = new Submission(tx, surveys, time, caller.OrgUnit);
            return Batch.Run(tx, entries, item =>
            {
                var response = submission.Take(item, Submission.HashOf(item));
                return (response.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, response.SubmissionId);
            });
        }, cancellationToken);
    }
}
