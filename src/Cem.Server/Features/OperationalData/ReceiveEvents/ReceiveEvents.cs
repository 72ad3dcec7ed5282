using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.OperationalData.ReceiveEvents;

/// <summary>
/// Takes what happened in a customer's life: a ticket closed, a trip booked. Idempotent on (source, eventId): what was
/// told once has its effect once, in whatever order and however late reports arrive; the first report under an id holds.
/// </summary>
[Access(Keys = [Scopes.EventsWrite])]
sealed record Request(
    string Source, string EventId, string Type, DateTimeOffset OccurredAt, string Account, string? Contact = null, string? Touchpoint = null,
    string? OrgUnit = null, string? Product = null, string? Channel = null, double? Value = null,
    IReadOnlyDictionary<string, JsonElement>? Attributes = null) : IRequest<Response>;

/// <param name="Id">Ours.</param>
/// <param name="Duplicate">Whether something else was reported under this id before; that report holds, this one is not stored.</param>
sealed record Response(Id Id, string Source, string EventId, bool Duplicate);

/// <summary>Many events at once, in the order they are to be taken.</summary>
[Access(Keys = [Scopes.EventsWrite])]
sealed record BatchRequest(BatchItems Items) : IRequest<BatchAnswer>;

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/events", async Task<Accepted<Response>> (Request body, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(body, ct);
                return TypedResults.Accepted($"/api/v1/events/{Uri.EscapeDataString(response.Source)}/{Uri.EscapeDataString(response.EventId)}/outcome", response);
            })
            .Sends<Request>()
            .Summary("Report an event")
            .Describe("202; what follows from it is told at the Location. Sending it again gives the same answer and changes nothing. Something else under the same (source, eventId) is not stored: the first holds, and the answer says duplicate.")
            .Example("""
                {"source": "crm", "eventId": "t-4711", "type": "ticket.closed", "occurredAt": "2026-03-11T09:30:00+08:00", "account": "acct-017", "contact": "acct-017-c08", "touchpoint": "traveller-support", "channel": "phone", "attributes": {"category": "refund"}}
                """);

        Post("/api/v1/events:batch", (BatchRequest body, IMediator mediator, CancellationToken ct) => mediator.Send(body, ct))
            .Sends<BatchRequest>()
            .BodyLimit(Batch.MostBytes)
            .Summary("Report many events")
            .Describe("Up to 1,000 events or 5 MB, taken in order. Each gets its own result; one that is refused does not touch the others.")
            .Example("""
                {"items": [{"source": "crm", "eventId": "t-4711", "type": "ticket.closed", "occurredAt": "2026-03-11T09:30:00+08:00", "account": "acct-017"}]}
                """);
    }
}

sealed class Validator : AbstractValidator<Request>
{
    const int LongestAttributes = 16 * 1024;

    public Validator(TimeProvider clock)
    {
        RuleFor(request => request.Source).NotEmpty().MaximumLength(64).Matches("^[A-Za-z0-9._-]+$");
        RuleFor(request => request.EventId).NotEmpty().MaximumLength(128).Matches(@"^[^\p{C}]+$");
        RuleFor(request => request.Type).NotEmpty().MaximumLength(100);
        RuleFor(request => request.OccurredAt).LessThanOrEqualTo(_ => clock.GetUtcNow().AddDays(1));
        RuleFor(request => request.Account).NotEmpty().MaximumLength(128);
        RuleFor(request => request.Contact).MaximumLength(128);
        RuleFor(request => request.Touchpoint).MaximumLength(64);
        RuleFor(request => request.OrgUnit).MaximumLength(64);
        RuleFor(request => request.Product).MaximumLength(100);
        RuleFor(request => request.Channel).MaximumLength(100);
        RuleFor(request => request.Attributes).Must(attributes => attributes is null || Json.Write(attributes).Length <= LongestAttributes);
    }
}

sealed class Handler(Db db, CompanyTime time, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) =>
        db.Write(tx => Reception.Receive(tx, request, time, caller.OrgUnit), cancellationToken);
}

sealed class BatchHandler(Db db, CompanyTime time, Caller caller, IValidator<Request> validator) : IRequestHandler<BatchRequest, BatchAnswer>
{
    public Task<BatchAnswer> Handle(BatchRequest request, CancellationToken cancellationToken)
    {
        var entries = Batch.Read(request.Items, validator);
        return db.Write(tx => Batch.Run(tx, entries, item =>
        {
            var response = Reception.Receive(tx, item, time, caller.OrgUnit);
            return (StatusCodes.Status202Accepted, response.EventId);
        }), cancellationToken);
    }
}
