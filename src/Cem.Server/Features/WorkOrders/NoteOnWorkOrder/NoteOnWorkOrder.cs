using Cem.Kernel.Data;
using Cem.Kernel.Security;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.WorkOrders.NoteOnWorkOrder;

/// <summary>Writes down what was learnt or done on the way; possible in every state.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string Note) : OrderStep;

sealed class Module : OrderStepRoutes
{
    public Module() =>
        Step("note", form => new Request(Text(form, "note") ?? ""))
            .Summary("Write a note on a work order")
            .Example("""{"note": "Called the reporter; the trip was freed by hand."}""");
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
