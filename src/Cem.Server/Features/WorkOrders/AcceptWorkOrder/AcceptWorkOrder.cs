using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.WorkOrders.AcceptWorkOrder;

/// <summary>Somebody takes the work order on. Where nobody owned it, the one who accepts becomes its owner.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request : OrderStep;

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/work-orders/{id}:accept", async Task<Ok<OrderMoved>> (Id id, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse response, IMediator mediator, CancellationToken ct) =>
            {
                var moved = await mediator.Send(new Request() with { Order = id, Version = OrderTag.Read(ifMatch) }, ct);
                response.Headers.ETag = OrderTag.Of(moved.Version);
                return TypedResults.Ok(moved);
            })
            .Sends<Request>()
            .Summary("Accept a work order");

        Post("/work-orders/{id}/accept", (Id id, IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => OrderForm.Submit(form, caller, id,
                version => mediator.Send(new Request() with { Order = id, Version = version }, ct), mediator))
            .Sends<Request>();
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, OrderMoved>
{
    public Task<OrderMoved> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var order = OrderSteps.Take(tx, caller, request.Order, request.Version, ("accepted", "受理"), "open");
        var owner = order.OwnerEmail ?? OrderSteps.FindOwner(tx, tx.Find<string>(Sql.FindEmail, new { User = caller.Kind == CallerKind.Staff ? caller.Id : 0 }), order.OrgUnitId);
        return OrderSteps.Put(tx, caller, order, order with { State = "accepted", AcceptedAt = tx.Now, OwnerEmail = owner }, "accepted");
    }, cancellationToken);
}

file static class Sql
{
    public const string FindEmail = "SELECT email FROM access_v_users WHERE id = @User";
}
