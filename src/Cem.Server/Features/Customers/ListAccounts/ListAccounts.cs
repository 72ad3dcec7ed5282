using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.ListAccounts;

/// <summary>
/// Lists accounts in the order in which they came; with <c>updatedSince</c> in the order of their last change, so that a
/// nightly sync misses nothing that changes while it reads.
/// </summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.CustomersWrite])]
sealed record Request(string? Cursor, int? Limit, DateTimeOffset? UpdatedSince, string? OrgUnit, string? Search) : IRequest<Listing<AccountAnswer>>;

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/accounts", async Task<Ok<Listing<AccountAnswer>>> (string? cursor, int? limit, string? updatedSince, string? orgUnit, string? search, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(cursor, limit, Wire.QueryInstant(nameof(updatedSince), updatedSince), orgUnit, search), ct)))
            .Sends<Request>()
            .Summary("List accounts")
            .Describe("orgUnit also takes what lies below it; search looks for a part of the name or of the external id.");
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator() => RuleFor(request => request.Search).MaximumLength(200);
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Listing<AccountAnswer>>
{
    public Task<Listing<AccountAnswer>> Handle(Request request, CancellationToken cancellationToken) =>
        Task.FromResult((request.UpdatedSince is null ? InOrder(request) : Changed(request)).Select(row => row.ToAnswer()));

    Listing<AccountRow> InOrder(Request request)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = db.Query<AccountRow>(Sql.InOrder, new
        {
            caller.OrgUnit, Below = request.OrgUnit, Search = Like.Holds(request.Search), After = Cursor.Read<long>(request.Cursor), Limit = limit + 1,
        });
        return Cursor.Page(rows, limit, row => row.Id);
    }

    Listing<AccountRow> Changed(Request request)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read<Key>(request.Cursor) ?? new Key(request.UpdatedSince!.Value.ToUnixTimeMilliseconds(), 0);
        var rows = db.Query<AccountRow>(Sql.Changed, new
        {
            caller.OrgUnit, Below = request.OrgUnit, Search = Like.Holds(request.Search), after.At, After = after.Id, Limit = limit + 1,
        });
        return Cursor.Page(rows, limit, row => new Key(row.UpdatedAt.ToUnixTimeMilliseconds(), row.Id));
    }
}

file sealed record Key(long At, long Id);

file static class Sql
{
    const string Filtered = AccountAnswer.Select + """
        AND (@Below IS NULL OR a.org_unit_id IN (
          SELECT t.unit_id FROM customers_org_tree t JOIN customers_org_units b ON b.id = t.ancestor_id WHERE b.code = @Below))
        AND (@Search IS NULL OR a.name LIKE @Search ESCAPE '\' OR a.external_id LIKE @Search ESCAPE '\')

        """;

    public const string InOrder = Filtered + """
        AND a.id > @After
        ORDER BY a.id LIMIT @Limit
        """;

    public const string Changed = Filtered + """
        AND (a.updated_at, a.id) > (@At, @After)
        ORDER BY a.updated_at, a.id LIMIT @Limit
        """;
}
