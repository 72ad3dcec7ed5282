using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.PutOrgUnit;

/// <summary>
/// Puts a node of our own tree, by the caller's code. What people may see hangs on this tree, so that moving a node moves
/// the view of everybody below it at once; a cycle is refused.
/// </summary>
[Access(Keys = [Scopes.Admin, Scopes.CustomersWrite])]
sealed record Request(string Name, OrgUnitKind Kind, string? Parent = null) : IRequest<Response>
{
    [JsonIgnore]
    public string Code { get; init; } = "";
}

/// <param name="Created">Whether it was new.</param>
sealed record Response(string Code, bool Created);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/org-units/{code}", async Task<Results<Ok<Response>, Created<Response>>> (string code, Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body with { Code = code }, ct) is var response && response.Created
                    ? TypedResults.Created($"/api/v1/org-units/{Uri.EscapeDataString(code)}", response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Put an org unit")
            .Describe("201 when it is new, 200 when it was there. Repeating it changes nothing.")
            .Example("""{"name": "East China", "parent": "hq", "kind": "region"}""");
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Code).ExternalId().MaximumLength(64);
        RuleFor(request => request.Name).NotEmpty().OneLine(200);
        RuleFor(request => request.Parent).MaximumLength(64);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(
        tx => new Response(request.Code, OrgUnitWriter.Put(tx, caller, request.Code, request.Name, request.Kind, request.Parent).Created), cancellationToken);
}
