using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Route = Cem.Kernel.Web.Route;

namespace Cem.Server.Features.WorkOrders;

/// <summary>A step on a work order, at the version the caller has read.</summary>
abstract record OrderStep : IRequest<OrderMoved>
{
    [JsonIgnore]
    public Id Order { get; init; }

    /// <summary>The version the caller has read.</summary>
    [JsonIgnore]
    public int? Version { get; init; }
}

/// <summary>The two doors of a step that says something: a call with If-Match, and the form on the order's page.</summary>
abstract class OrderStepRoutes : Routes
{
    /// <param name="read">What the form says.</param>
    /// <returns>The call, to be described.</returns>
    protected Route Step<TRequest>(string step, Func<IFormCollection, TRequest> read) where TRequest : OrderStep
    {
        Post($"/work-orders/{{id}}/{step}", (Id id, IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => OrderForm.Submit(form, caller, id,
                version => mediator.Send(read(form) with { Order = id, Version = version }, ct), mediator))
            .Sends<TRequest>();
        return Post($"/api/v1/work-orders/{{id}}:{step}", async Task<Ok<OrderMoved>> (Id id, TRequest body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse response, IMediator mediator, CancellationToken ct) =>
            {
                var moved = await mediator.Send(body with { Order = id, Version = OrderTag.Read(ifMatch) }, ct);
                response.Headers.ETag = OrderTag.Of(moved.Version);
                return TypedResults.Ok(moved);
            })
            .Sends<TRequest>();
    }

    /// <summary>What was typed; null for nothing.</summary>
    protected static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } typed ? typed : null;
}
