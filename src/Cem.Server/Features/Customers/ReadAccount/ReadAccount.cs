using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.ReadAccount;

/// <summary>Gives one account by the caller's own id, as it was put last.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.CustomersWrite])]
sealed record Request(string ExternalId) : IRequest<AccountAnswer>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/accounts/{externalId}", async Task<Ok<AccountAnswer>> (string externalId, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(externalId), ct)))
            .Sends<Request>()
            .Summary("Read an account");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, AccountAnswer>
{
    public Task<AccountAnswer> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(
        db.Find<AccountRow>(Sql.Find, new { request.ExternalId, caller.OrgUnit })?.ToAnswer() ?? throw AccountWriter.NotFound(request.ExternalId));
}

file static class Sql
{
    public const string Find = AccountAnswer.Select + "AND a.external_id = @ExternalId";
}
