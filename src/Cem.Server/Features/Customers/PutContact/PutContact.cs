using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.PutContact;

/// <summary>
/// Puts one person at an account by the caller's own id: what the body does not say is emptied, repeating it changes
/// nothing. Without consent nobody is ever asked.
/// </summary>
[Access(Keys = [Scopes.CustomersWrite])]
sealed record Request : ContactFields, IRequest<Response>
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
        Put("/api/v1/contacts/{externalId}", async Task<Results<Ok<Response>, Created<Response>>> (string externalId, Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body with { ExternalId = externalId }, ct) is var response && response.Created
                    ? TypedResults.Created($"/api/v1/contacts/{Uri.EscapeDataString(externalId)}", response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Put a contact")
            .Describe("201 when it is new, 200 when it was there. Fields left out are emptied; repeating it changes nothing. The account must exist.")
            .Example("""
                {"account": "acct-001", "name": "Luo Yang", "email": "yang.luo@example.com", "phone": "+86 21 5555 0100", "role": "purchaser",
                 "level": "manager", "department": "Finance", "language": "zh-CN",
                 "consent": {"contact": true, "source": "contract", "at": "2025-01-20T16:11:00+08:00"}, "doNotSurvey": false, "attributes": {"wecom": "ly"}}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.ExternalId).ExternalId();
        Include(new ContactRules());
    }
}

sealed class Handler(Db db, Caller caller, Settings settings) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var written = ContactWriter.Put(tx, caller, settings.Language, request.ExternalId, request);
        return new Response(request.ExternalId, written.Created, written.Changed);
    }, cancellationToken);
}
