using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.ListContacts;

/// <summary>
/// Lists contacts in the order in which they came; with <c>updatedSince</c> in the order of their last change, so that a
/// nightly sync misses nothing that changes while it reads.
/// </summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.CustomersWrite])]
sealed record Request(string? Cursor, int? Limit, DateTimeOffset? UpdatedSince, string? Account) : IRequest<Listing<ContactAnswer>>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/contacts", async Task<Ok<Listing<ContactAnswer>>> (string? cursor, int? limit, string? updatedSince, string? account, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(cursor, limit, Wire.QueryInstant(nameof(updatedSince), updatedSince), account), ct)))
            .Sends<Request>()
            .Summary("List contacts")
            .Describe("account takes the external id of an account. Erased contacts are not listed.");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Listing<ContactAnswer>>
{
    public Task<Listing<ContactAnswer>> Handle(Request request, CancellationToken cancellationToken) =>
        Task.FromResult((request.UpdatedSince is null ? InOrder(request) : Changed(request)).Select(row => row.ToAnswer()));

    Listing<ContactRow> InOrder(Request request)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = db.Query<ContactRow>(Sql.InOrder, new { caller.OrgUnit, request.Account, After = Cursor.Read<long>(request.Cursor), Limit = limit + 1 });
        return Cursor.Page(rows, limit, row => row.Id);
    }

    Listing<ContactRow> Changed(Request request)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read<Key>(request.Cursor) ?? new Key(request.UpdatedSince!.Value.ToUnixTimeMilliseconds(), 0);
        var rows = db.Query<ContactRow>(Sql.Changed, new { caller.OrgUnit, request.Account, after.At, After = after.Id, Limit = limit + 1 });
        return Cursor.Page(rows, limit, row => new Key(row.UpdatedAt.ToUnixTimeMilliseconds(), row.Id));
    }
}

file sealed record Key(long At, long Id);

file static class Sql
{
    const string Filtered = ContactAnswer.Select + """
        AND (@Account IS NULL OR a.external_id = @Account)

        """;

    public const string InOrder = Filtered + """
        AND c.id > @After
        ORDER BY c.id LIMIT @Limit
        """;

    public const string Changed = Filtered + """
        AND (c.updated_at, c.id) > (@At, @After)
        ORDER BY c.updated_at, c.id LIMIT @Limit
        """;
}
