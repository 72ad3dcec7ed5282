using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.WorkOrders.NoteOnWorkOrder;

/// <summary>Writes down what was learnt or done on the way; possible in every state.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string Note) : IRequest<OrderMoved>
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
        Post("/api/v1/work-orders/{id}:note", async Task<Ok<OrderMoved>> (Id id, Request body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse response, IMediator mediator, CancellationToken ct) =>
            {
                var moved = await mediator.Send(body with { Order = id, Version = OrderTag.Read(ifMatch) }, ct);
                response.Headers.ETag = OrderTag.Of(moved.Version);
                return TypedResults.Ok(moved);
            })
            .Sends<Request>()
            .Summary("Write a note on a work order")
            .Example("""{"note": "Called the reporter; the trip was freed by hand."}""");

        Post("/work-orders/{id}/note", (Id id, IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => OrderForm.Submit(form, caller, id,
                version => mediator.Send(new Request(form["note"].ToString().Trim()) with { Order = id, Version = version }, ct), mediator))
            .Sends<Request>();
    }
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Note).NotEmpty().MaximumLength(4000);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, OrderMoved>
{
    public Task<OrderMoved> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var order = OrderSteps.Take(tx, caller, request.Order, request.Version, ("noted on", "备注"), "open", "accepted", "resolved", "closed");
        return OrderSteps.Put(tx, caller, order, order, "noted", request.Note);
    }, cancellationToken);
}
