using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.WorkOrders.CloseWorkOrder;

/// <summary>Ends a resolved work order. A later alert of the same cause opens a new one.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string? Note = null) : OrderStep;

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/work-orders/{id}:close", async Task<Ok<OrderMoved>> (Id id, Request? body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse response, IMediator mediator, CancellationToken ct) =>
            {
                var moved = await mediator.Send((body ?? new Request()) with { Order = id, Version = OrderTag.Read(ifMatch) }, ct);
                response.Headers.ETag = OrderTag.Of(moved.Version);
                return TypedResults.Ok(moved);
            })
            .Sends<Request>()
            .Summary("Close a work order")
            .Example("""{"note": "The customer has confirmed it."}""");

        Post("/work-orders/{id}/close", (Id id, IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => OrderForm.Submit(form, caller, id,
                version => mediator.Send(new Request(Text(form["note"])) with { Order = id, Version = version }, ct), mediator))
            .Sends<Request>();
    }

    static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Note).MaximumLength(4000);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, OrderMoved>
{
    public Task<OrderMoved> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var order = OrderSteps.Take(tx, caller, request.Order, request.Version, ("closed", "关闭"), "resolved");
        return OrderSteps.Put(tx, caller, order, order with { State = "closed", ClosedAt = tx.Now }, "closed", request.Note);
    }, cancellationToken);
}
