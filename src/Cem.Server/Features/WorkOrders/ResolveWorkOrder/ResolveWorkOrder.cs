using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.WorkOrders.ResolveWorkOrder;

/// <summary>Says what the cause was and what was done about it; whether it helped, the customer will say.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string Cause, string ActionTaken) : IRequest<OrderMoved>
{
    [JsonIgnore]
    public Id Order { get; init; }

    /// <summary>The version the caller has read.</summary>
    [JsonIgnore]
    public int? Version { get; init; }
}

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/work-orders/{id}:resolve", async Task<Ok<OrderMoved>> (Id id, Request body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse response, IMediator mediator, CancellationToken ct) =>
            {
                var moved = await mediator.Send(body with { Order = id, Version = OrderTag.Read(ifMatch) }, ct);
                response.Headers.ETag = OrderTag.Of(moved.Version);
                return TypedResults.Ok(moved);
            })
            .Sends<Request>()
            .Summary("Resolve a work order")
            .Example("""{"cause": "A renamed field in the customer's OA", "actionTaken": "Mapping updated, stuck trips freed"}""");

        Post("/work-orders/{id}/resolve", (Id id, IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => OrderForm.Submit(form, caller, id,
                version => mediator.Send(new Request(form["cause"].ToString().Trim(), form["actionTaken"].ToString().Trim()) with { Order = id, Version = version }, ct), mediator))
            .Sends<Request>();
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Cause).NotEmpty().MaximumLength(4000);
        RuleFor(request => request.ActionTaken).NotEmpty().MaximumLength(4000);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, OrderMoved>
{
    public Task<OrderMoved> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var order = OrderSteps.Take(tx, caller, request.Order, request.Version, ("resolved", "标记为已解决"), "accepted");
        return OrderSteps.Put(tx, caller, order, order with { State = "resolved", ResolvedAt = tx.Now, Cause = request.Cause, ActionTaken = request.ActionTaken }, "resolved");
    }, cancellationToken);
}
