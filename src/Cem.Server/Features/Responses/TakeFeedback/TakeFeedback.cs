using System.Security.Cryptography;
using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Responses.TakeFeedback;

/// <summary>
/// Takes what a customer said outside surveys: a complaint, a visit note, a call-back, a review. Idempotent on (source,
/// externalId). What the account's own owner wrote down is marked as interested.
/// </summary>
/// <param name="Text">In the customer's or the recorder's words.</param>
/// <param name="Score">As the source gives it, 0 to 100; never mixed with the scores of surveys.</param>
/// <param name="RecordedBy">Who wrote it down; nobody where the customer did.</param>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request(
    string Source, string ExternalId, FeedbackKind Kind, DateTimeOffset At, string Text, string? Account = null, string? Contact = null,
    double? Score = null, string? RecordedBy = null, bool Interested = false) : IRequest<Response>;

/// <param name="Interested">Whether it is marked as recorded by somebody with an interest in it.</param>
/// <param name="Created">False where it had been told before.</param>
sealed record Response(Id Id, string Source, string ExternalId, bool Interested, bool Created);

enum FeedbackKind
{
    Complaint,
    VisitNote,
    CallBack,
    Review,
}

sealed class Module : Routes
{
    public Module() =>
        Post("/api/v1/feedback", async Task<Results<Ok<Response>, Created<Response>>> (Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body, ct) is var response && response.Created
                    ? TypedResults.Created((string?)null, response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Report a complaint, a visit note, a call-back or a review")
            .Describe("201 when it is new. The same again gives the stored answer (200), something else under the same (source, externalId) 409.")
            .Example("""
                {"source": "crm", "externalId": "note-88", "kind": "visitNote", "account": "acct-017", "contact": "acct-017-c08", "at": "2026-03-11T09:30:00+08:00", "text": "Changed trips still do not reach the OA.", "recordedBy": "li.wei@example.com"}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public Validator(TimeProvider clock)
    {
        RuleFor(request => request.Source).NotEmpty().MaximumLength(64).Matches("^[A-Za-z0-9._-]*$");
        RuleFor(request => request.ExternalId).NotEmpty().MaximumLength(128).Matches(@"^[^\p{C}]*$");
        RuleFor(request => request.Account).MaximumLength(128);
        RuleFor(request => request.Contact).MaximumLength(128);
        RuleFor(request => request.At).LessThanOrEqualTo(_ => clock.GetUtcNow() + Ahead);
        RuleFor(request => request.Text).NotEmpty().MaximumLength(10_000);
        RuleFor(request => request.Score).InclusiveBetween(0, 100);
        RuleFor(request => request.RecordedBy).MaximumLength(254).Matches(@"^[^\p{C}]*$");
    }
}

sealed class Handler(Db db, CompanyTime time, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var hash = HashOf(request);
        if (tx.Find<Row>(Sql.Find, new { request.Source, request.ExternalId }) is { } known)
            return known.ContentHash == hash
                ? new Response(known.Id, request.Source, request.ExternalId, known.Interested, Created: false)
                : throw Problem.Conflict("feedback-exists", ($"Something else was reported as '{request.ExternalId}' of '{request.Source}'.", $"来源“{request.Source}”的编号“{request.ExternalId}”已用于其他内容。"));
        var about = Respondent.Find(tx, request.Account, request.Contact, caller.OrgUnit);
        var interested = request.Interested || request.RecordedBy is { } by && string.Equals(by, about.Owner, StringComparison.OrdinalIgnoreCase);
        var at = request.At < tx.Now ? request.At : tx.Now;
        var id = new Id(tx.NewId());
        tx.Execute(Sql.Insert, new
        {
            Id = id, request.Source, request.ExternalId, Hash = hash, Kind = JsonNamingPolicy.CamelCase.ConvertName(request.Kind.ToString()),
            about.Account, about.Contact, about.OrgUnit, At = at, Day = time.DayOf(at), request.Text, request.Score, request.RecordedBy,
            Interested = interested, tx.Now,
        });
        return new Response(id, request.Source, request.ExternalId, interested, Created: true);
    }, cancellationToken);

    static string HashOf(Request request) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        request with { At = request.At.ToUniversalTime() }, Json.Stored)));
}

file sealed record Row(Id Id, string ContentHash, bool Interested);

file static class Sql
{
    public const string Find = "SELECT id, content_hash, interested FROM responses_feedback WHERE source = @Source AND external_id = @ExternalId";

    public const string Insert = """
        INSERT INTO responses_feedback (id, source, external_id, content_hash, kind, account_id, contact_id, org_unit_id, at, day, text, score,
          recorded_by, interested, received_at)
        VALUES (@Id, @Source, @ExternalId, @Hash, @Kind, @Account, @Contact, @OrgUnit, @At, @Day, @Text, @Score, @RecordedBy, @Interested, @Now)
        """;
}
