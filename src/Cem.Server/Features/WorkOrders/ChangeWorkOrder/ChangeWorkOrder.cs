using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.WorkOrders.ChangeWorkOrder;

/// <summary>
/// Changes what a work order asks for: its priority, the promised time, the required action. What is not named stays; a
/// new promise must lie ahead.
/// </summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string? Priority = null, DateTimeOffset? DueAt = null, string? RequiredAction = null) : OrderStep;

sealed class Module : Routes
{
    public Module() =>
        Patch("/api/v1/work-orders/{id}", async Task<Ok<OrderMoved>> (Id id, Request body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse response, IMediator mediator, CancellationToken ct) =>
            {
                var moved = await mediator.Send(body with { Order = id, Version = OrderTag.Read(ifMatch) }, ct);
                response.Headers.ETag = OrderTag.Of(moved.Version);
                return TypedResults.Ok(moved);
            })
            .Sends<Request>()
            .Summary("Change a work order")
            .Example("""{"priority": "high", "dueAt": "2026-03-20T18:00:00+08:00"}""");
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator(TimeProvider clock)
    {
        RuleFor(request => request.Priority).Must(priority => priority is null or "high" or "normal" or "low").WithMessage("high, normal, low");
        RuleFor(request => request.DueAt).GreaterThan(_ => clock.GetUtcNow());
        RuleFor(request => request.RequiredAction).MaximumLength(1000).Must(action => action is null || action.Trim().Length > 0);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, OrderMoved>
{
    public Task<OrderMoved> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var order = OrderSteps.Take(tx, caller, request.Order, request.Version, ("changed", "修改"), "open", "accepted");
        return OrderSteps.Put(tx, caller, order, order with
        {
            Priority = request.Priority ?? order.Priority,
            DueAt = request.DueAt ?? order.DueAt,
            RequiredActionEn = request.RequiredAction ?? order.RequiredActionEn,
            RequiredActionZh = request.RequiredAction ?? order.RequiredActionZh,
        }, "changed");
    }, cancellationToken);
}
