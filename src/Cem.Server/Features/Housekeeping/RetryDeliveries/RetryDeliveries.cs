using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Housekeeping.RetryDeliveries;

/// <summary>Tries again what gave up or was put off: one mail, one fact of one handler, one job, or all of a kind.</summary>
/// <param name="What"><c>mails</c>, <c>facts</c> or <c>jobs</c>.</param>
/// <param name="Item">The mail's or the fact's id, or the job's name; null for all.</param>
/// <param name="FactHandler">Who failed to take the fact in; null for all.</param>
[Access(Staff = Roles.Administrator)]
sealed record Request(string What, string? Item = null, string? FactHandler = null) : IRequest<Response>;

/// <param name="Count">How many are tried again.</param>
sealed record Response(int Count);

sealed class Module : Routes
{
    public Module() =>
        Post("/settings/mail/retry", async (IFormCollection form, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(form["what"].ToString(), Given(form["id"]), Given(form["handler"])), ct);
                return TypedResults.LocalRedirect("/settings/mail?done=retried");
            })
            .Sends<Request>();

    static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.What).Must(what => what is "mails" or "facts" or "jobs");
        RuleFor(request => request.Item).Must(item => Id.TryParse(item, null, out _)).When(request => request is { What: "mails" or "facts", Item: not null });
        RuleFor(request => request.Item).MaximumLength(200);
        RuleFor(request => request.FactHandler).MaximumLength(200);
    }
}

sealed class Handler(Db db, JobRunner jobs, Caller caller) : IRequestHandler<Request, Response>
{
    public async Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        if (caller.OrgUnit != 0)
            throw Problem.Forbidden();
        long? id = Id.TryParse(request.Item, null, out var parsed) ? parsed.Value : null;
        return await db.Write(tx =>
        {
            var count = request.What switch
            {
                "mails" => Outbox.Retry(tx, id),
                "facts" => Dispatcher.Retry(tx, id, request.FactHandler),
                _ => jobs.States.Count(job => request.Item is null ? job.Failures > 0 : job.Name == request.Item),
            };
            if (count > 0)
                tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "deliveries.retried", request.Item ?? request.What, Json.Write(new { request.What, count })));
            tx.AfterCommit(() => jobs.Hurry(request.What switch { "mails" => nameof(Outbox), "jobs" => request.Item, _ => "" }));
            return new Response(count);
        }, cancellationToken);
    }
}
