using System.Globalization;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.WorkOrders;

/// <summary>The forms on a work order's page: each carries the version it was drawn from, and comes back as typed when refused.</summary>
static class OrderForm
{
    public static Task<IResult> Submit(IFormCollection form, Caller caller, Id id, Func<int?, Task<OrderMoved>> step, IMediator mediator) =>
        Page.Submit(form, caller,
            act: async () =>
            {
                await step(int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1);
                return $"/work-orders/{id}?done=step";
            },
            again: async refused => await mediator.Send(new DrawOrder(id, refused)));
}

/// <summary>Asks, within the area, for the page of one work order with a form as it was sent.</summary>
/// <param name="Form">What was typed, and what was wrong with it.</param>
sealed record DrawOrder(Id Id, Form Form) : IRequest<object>;
