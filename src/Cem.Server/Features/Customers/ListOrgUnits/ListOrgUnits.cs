using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Customers.ListOrgUnits;

/// <summary>Lists the org units the caller may see, by code; a parent outside of them is not named.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.CustomersWrite])]
sealed record Request(string? Cursor, int? Limit) : IRequest<Listing<OrgUnit>>;

/// <param name="Kind">headquarters, region, branch or team.</param>
sealed record OrgUnit(string Code, string Name, string? Parent, string Kind, DateTimeOffset UpdatedAt);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/org-units", async Task<Ok<Listing<OrgUnit>>> (string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
                TypedResults.Ok(await mediator.Send(new Request(cursor, limit), ct)))
            .Sends<Request>()
            .Summary("List org units");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Listing<OrgUnit>>
{
    public Task<Listing<OrgUnit>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = db.Query<OrgUnit>(Sql.List, new { caller.OrgUnit, After = Cursor.Read<string>(request.Cursor) ?? "", Limit = limit + 1 });
        return Task.FromResult(Cursor.Page(rows, limit, unit => unit.Code));
    }
}

file static class Sql
{
    public const string List = """
        SELECT u.code, u.name, p.code AS parent, u.kind, u.updated_at
        FROM customers_org_units u
        LEFT JOIN customers_org_units p ON p.id = u.parent_id AND p.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        WHERE u.id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit) AND u.code > @After
        ORDER BY u.code LIMIT @Limit
        """;
}
