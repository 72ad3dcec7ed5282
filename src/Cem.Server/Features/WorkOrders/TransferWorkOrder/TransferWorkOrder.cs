using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.WorkOrders.TransferWorkOrder;

/// <summary>Hands the work order to another member of staff who can see the account; it waits to be accepted again.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string To, string? Note = null) : OrderStep;

sealed class Module : OrderStepRoutes
{
    public Module() =>
        Step("transfer", form => new Request(Text(form, "to") ?? "", Text(form, "note")))
            .Summary("Hand a work order over")
            .Example("""{"to": "wei.zhang@example.com", "note": "Billing has to look at this."}""");
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
