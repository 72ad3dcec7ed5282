using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.PutContactBatch;

/// <summary>
/// Puts up to 1,000 contacts in one call and one commit. Each is read and judged by itself, in order: one bad item never
/// sinks the rest.
/// </summary>
[Access(Keys = [Scopes.CustomersWrite])]
sealed record Request(BatchItems Items) : IRequest<BatchAnswer>;

sealed class Module : Routes
{
    public Module() =>
        Post("/api/v1/contacts:batch", async Task<Ok<BatchAnswer>> (Request body, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(body, ct)))
            .Sends<Request>()
            .BodyLimit(Batch.MostBytes)
            .Summary("Put many contacts")
            .Describe("Up to 1,000 items or 5 MB. Results stand in the order of the items, each with the status that putting it alone would have had.")
            .Example("""{"items": [{"externalId": "acct-001-c01", "account": "acct-001", "name": "Luo Yang", "role": "purchaser"}]}""");
}

sealed class Handler(Db db, Caller caller, Settings settings, IValidator<ContactItem> validator) : IRequestHandler<Request, BatchAnswer>
{
    public Task<BatchAnswer> Handle(Request request, CancellationToken cancellationToken)
    {
        var items = Batch.Read(request.Items, validator);
        return db.Write(tx => Batch.Run(tx, items, item => (ContactWriter.Put(tx, caller, settings.Language, item.ExternalId, item).Status, item.ExternalId)), cancellationToken);
    }
}
