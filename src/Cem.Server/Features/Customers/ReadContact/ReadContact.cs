using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.ReadContact;

/// <summary>Gets one contact by the caller's own id, as it was put last; one that was erased is gone.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.CustomersWrite])]
sealed record Request(string ExternalId) : IRequest<ContactAnswer>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/contacts/{externalId}", async Task<Ok<ContactAnswer>> (string externalId, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(externalId), ct)))
            .Sends<Request>()
            .Summary("Read a contact");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, ContactAnswer>
{
    public Task<ContactAnswer> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(
        db.Find<ContactRow>(Sql.Find, new { request.ExternalId, caller.OrgUnit })?.ToAnswer() ?? throw ContactWriter.NotFound(request.ExternalId));
}

file static class Sql
{
    public const string Find = ContactAnswer.Select + "AND c.external_id = @ExternalId";
}
