using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.WorkOrders.TransferWorkOrder;

/// <summary>Hands the work order to another member of staff who can see the account; it waits to be accepted again.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string To, string? Note = null) : IRequest<OrderMoved>
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
        Post("/api/v1/work-orders/{id}:transfer", async Task<Ok<OrderMoved>> (Id id, Request body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse response, IMediator mediator, CancellationToken ct) =>
            {
                var moved = await mediator.Send(body with { Order = id, Version = OrderTag.Read(ifMatch) }, ct);
                response.Headers.ETag = OrderTag.Of(moved.Version);
                return TypedResults.Ok(moved);
            })
            .Sends<Request>()
            .Summary("Hand a work order over")
            .Example("""{"to": "wei.zhang@example.com", "note": "Billing has to look at this."}""");

        Post("/work-orders/{id}/transfer", (Id id, IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => OrderForm.Submit(form, caller, id,
                version => mediator.Send(new Request(form["to"].ToString().Trim(), Text(form["note"])) with { Order = id, Version = version }, ct), mediator))
            .Sends<Request>();
    }

    static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.To).NotEmpty().EmailAddress().MaximumLength(254);
        RuleFor(request => request.Note).MaximumLength(4000);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, OrderMoved>
{
    public Task<OrderMoved> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var order = OrderSteps.Take(tx, caller, request.Order, request.Version, ("transferred", "转派"), "open", "accepted");
        var owner = OrderSteps.FindOwner(tx, request.To, order.OrgUnitId)
            ?? throw Problem.Rule("/to", "user-not-found", ("Nobody with this address can act on this account.", "该邮箱对应的人员无权处理此客户的工单。"));
        return OrderSteps.Put(tx, caller, order, order with { State = "open", AcceptedAt = null, OwnerEmail = owner }, "transferred", request.Note);
    }, cancellationToken);
}
