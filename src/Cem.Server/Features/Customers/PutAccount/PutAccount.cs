using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.PutAccount;

/// <summary>
/// Puts one account by the caller's own id: what the body does not say is emptied, repeating it changes nothing. An id that
/// belongs to an account outside the caller's org units is not found.
/// </summary>
[Access(Keys = [Scopes.CustomersWrite])]
sealed record Request : AccountFields, IRequest<Response>
{
    [JsonIgnore]
    public string ExternalId { get; init; } = "";
}

/// <param name="Created">Whether it was new.</param>
/// <param name="Changed">Whether anything is different now.</param>
sealed record Response(string ExternalId, bool Created, bool Changed);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/accounts/{externalId}", async Task<Results<Ok<Response>, Created<Response>>> (string externalId, Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body with { ExternalId = externalId }, ct) is var response && response.Created
                    ? TypedResults.Created($"/api/v1/accounts/{Uri.EscapeDataString(externalId)}", response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Put an account")
            .Describe("201 when it is new, 200 when it was there. Fields left out are emptied; repeating it changes nothing. The org unit and the parent must exist.")
            .Example("""
                {"name": "Lantian Logistics", "orgUnit": "shanghai", "region": "East China", "industry": "Logistics", "tier": "A", "keyAccount": true,
                 "owner": "wei.pan@example.com", "products": ["flight", "hotel"], "annualRevenue": {"amount": 241050000, "currency": "CNY"},
                 "contractStart": "2025-01-01", "contractEnd": "2026-12-31", "renewalDate": "2026-12-31", "tags": ["group"], "attributes": {"erp": "A-17"}}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.ExternalId).ExternalId();
        Include(new AccountRules());
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var written = AccountWriter.Put(tx, caller, request.ExternalId, request);
        return new Response(request.ExternalId, written.Created, written.Changed);
    }, cancellationToken);
}
