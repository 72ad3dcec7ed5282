using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.WorkOrders.ReopenWorkOrder;

/// <summary>Takes a resolved or closed work order up again because it was not solved; refused while another one of the same cause is under way.</summary>
[Access(Staff = Roles.Acting, Keys = [Scopes.WorkOrdersWrite])]
sealed record Request(string Note) : OrderStep;

sealed class Module : OrderStepRoutes
{
    public Module() =>
        Step("reopen", form => new Request(Text(form, "note") ?? ""))
            .Summary("Reopen a work order")
            .Example("""{"note": "The same trip was stuck again on Monday."}""");
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
        var order = OrderSteps.Take(tx, caller, request.Order, request.Version, ("reopened", "重新打开"), "resolved", "closed");
        if (tx.Single<bool>(Sql.HasOther, new { order.Id, order.AccountId, order.OrgUnitId, order.RuleCode }))
            throw Problem.Conflict("another-open", ("Another work order of the same cause is under way for this account; add to that one.", "该客户已有同一原因的工单在处理中，请在该工单上继续。"));
        return OrderSteps.Put(tx, caller, order, order with { State = "open", AcceptedAt = null, ResolvedAt = null, ClosedAt = null, Reopened = order.Reopened + 1 }, "reopened", request.Note);
    }, cancellationToken);
}

file static class Sql
{
    public const string HasOther = """
        SELECT EXISTS (SELECT 1 FROM work_orders_orders
          WHERE (account_id = @AccountId OR account_id IS NULL AND @AccountId IS NULL AND org_unit_id = @OrgUnitId) AND rule_code = @RuleCode AND state <> 'closed' AND id <> @Id)
        """;
}
