using System.Text.Json.Serialization;
using Cem.Contracts.Customers;
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

enum OrgUnitKind
{
    Headquarters,
    Region,
    Branch,
    Team,
}

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
        RuleFor(request => request.Code).NotEmpty().MaximumLength(64);
        RuleFor(request => request.Name).NotEmpty().MaximumLength(200);
        RuleFor(request => request.Parent).MaximumLength(64);
    }
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var parent = request.Parent is null ? (long?)null : FindParent(tx, request);
        var existing = tx.Find<Row>(Sql.Find, new { request.Code });
        var id = existing?.Id ?? tx.NewId();
        if (existing is not null && parent is { } above && tx.Single<bool>(Sql.IsBelow, new { Ancestor = id, Unit = above }))
            throw Problem.Rule("/parent", "cycle", ($"'{request.Parent}' lies below '{request.Code}'; the tree would bite its tail.", $"“{request.Parent}”位于“{request.Code}”之下，不能作为其上级。"));
        var kind = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(request.Kind.ToString());
        if (existing is null || existing.Name != request.Name || existing.ParentId != parent || existing.Kind != kind)
        {
            tx.Execute(Sql.Put, new { Id = id, request.Code, request.Name, Parent = parent, Kind = kind, tx.Now });
            if (existing is null || existing.ParentId != parent)
                Replant(tx);
            tx.Tell(new OrgUnitChanged(id));
        }
        return new Response(request.Code, existing is null);
    }, cancellationToken);

    static long FindParent(Tx tx, Request request) => tx.Find<Row>(Sql.Find, new { Code = request.Parent })?.Id
        ?? throw Problem.Rule("/parent", "org-unit-not-found", ($"There is no org unit '{request.Parent}'.", $"组织单元“{request.Parent}”不存在。"));

    static void Replant(Tx tx)
    {
        tx.Execute(Sql.Uproot);
        tx.Execute(Sql.Plant);
    }
}

file sealed record Row(long Id, string Name, long? ParentId, string Kind);

file static class Sql
{
    public const string Find = "SELECT id, name, parent_id, kind FROM customers_org_units WHERE code = @Code";

    public const string IsBelow = "SELECT EXISTS (SELECT 1 FROM customers_org_tree WHERE ancestor_id = @Ancestor AND unit_id = @Unit)";

    public const string Put = """
        INSERT INTO customers_org_units (id, code, name, parent_id, kind, updated_at)
        VALUES (@Id, @Code, @Name, @Parent, @Kind, @Now)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent_id = excluded.parent_id, kind = excluded.kind, updated_at = excluded.updated_at
        """;

    public const string Uproot = "DELETE FROM customers_org_tree";

    public const string Plant = """
        WITH RECURSIVE tree (ancestor_id, unit_id, depth) AS (
          SELECT id, id, 0 FROM customers_org_units
          UNION ALL
          SELECT u.parent_id, t.unit_id, t.depth + 1
          FROM tree t JOIN customers_org_units u ON u.id = t.ancestor_id
          WHERE u.parent_id IS NOT NULL)
        INSERT INTO customers_org_tree (ancestor_id, unit_id, depth)
        SELECT ancestor_id, unit_id, depth FROM tree
        UNION ALL
        SELECT 0, unit_id, MAX(depth) + 1 FROM tree GROUP BY unit_id
        """;
}
