using Cem.Kernel.Data;
using Cem.Kernel.Security;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.WorkOrders.ResolveWorkOrder;

/// <summary>Says what the cause was and what was done about it; whether it helped, the customer will say.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string Cause, string ActionTaken) : OrderStep;

sealed class Module : OrderStepRoutes
{
    public Module() =>
        Step("resolve", form => new Request(Text(form, "cause") ?? "", Text(form, "actionTaken") ?? ""))
            .Summary("Resolve a work order")
            .Example("""{"cause": "A renamed field in the customer's OA", "actionTaken": "Mapping updated, stuck trips freed"}""");
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
