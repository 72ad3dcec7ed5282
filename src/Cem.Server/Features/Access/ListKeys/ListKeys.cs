using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.ListKeys;

/// <summary>The API keys within the administrator's scope, the newest first; never their secrets.</summary>
[Access(Staff = Roles.Administrator)]
sealed record Request(string? Cursor = null, int? Limit = null) : IRequest<Listing<Row>>;

/// <param name="OrgUnit">The name of the unit that bounds it; null is the whole company.</param>
sealed record Row(
    Id Id, string Name, string[] Scopes, string? OrgUnit, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 920, "/settings/keys", Roles.Administrator)];

    public Module() =>
        Get("/settings/keys", async (string? cursor, IMediator mediator, TimeProvider clock, CancellationToken ct) =>
            {
                var keys = await mediator.Send(new Request(cursor), ct);
                return Page.Of(new View([.. keys.Items.Select(key => ViewRow.Of(key, clock.GetUtcNow()))],
                    new Pager(keys.Next is null ? null : "/settings/keys?cursor=" + keys.Next, cursor is null ? null : "/settings/keys", keys.Items.Count)));
            })
            .Sends<Request>();
}

sealed record View(IReadOnlyList<ViewRow> Rows, Pager Pager);

sealed record ViewRow(Row Key, string Scopes, bool IsRevoked, bool IsExpired)
{
    public static ViewRow Of(Row key, DateTimeOffset now) => new(key, string.Join(", ", key.Scopes), key.RevokedAt is not null, key.RevokedAt is null && key.ExpiresAt <= now);
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Listing<Row>>
{
    public Task<Listing<Row>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = db.Query<Row>(Sql.List, new { Before = Cursor.Read<long?>(request.Cursor), Scope = caller.OrgUnit, Limit = limit + 1 });
        return Task.FromResult(Cursor.Page(rows, limit, key => key.Id.Value));
    }
}

/// <summary><c>keys list</c>: id, name, scopes, last use and state of each key, parted by tabs.</summary>
sealed class Verb(IMediator mediator, TimeProvider clock) : IVerb
{
    public string Name => "keys list";

    public string Usage => "";

    public async Task<int> Run(VerbCall call, CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await mediator.Send(new Request(cursor, Cursor.LargestLimit), ct);
            foreach (var key in page.Items)
                await call.Output.WriteLineAsync(string.Join('\t', key.Id, key.Name, string.Join(',', key.Scopes), Instant(key.LastUsedAt), State(key)));
            cursor = page.Next;
        }
        while (cursor is not null);
        return 0;
    }

    string State(Row key) => key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= clock.GetUtcNow() ? "expired" : "active";

    static string Instant(DateTimeOffset? at) => at is { } known ? Wire.Instant(known) : "never";
}

file static class Sql
{
    public const string List = """
        SELECT k.id, k.name, k.scopes, o.name AS org_unit, k.created_at, k.last_used_at, k.expires_at, k.revoked_at
        FROM access_keys k LEFT JOIN customers_v_org_units o ON o.id = k.org_unit_id
        WHERE (@Before IS NULL OR k.id < @Before)
          AND (@Scope = 0 OR k.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
        ORDER BY k.id DESC
        LIMIT @Limit
        """;
}
