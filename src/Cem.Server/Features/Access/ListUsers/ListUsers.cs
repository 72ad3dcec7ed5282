using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Access.ListUsers;

/// <summary>Who can sign in, as what, and how far they see; those within the administrator's own scope.</summary>
[Access(Staff = Roles.Administrator)]
sealed record Request(string? Cursor, int? Limit = null) : IRequest<Listing<UserRow>>;

/// <param name="OrgUnit">Its name; null is the whole company.</param>
/// <param name="LastSeenAt">Null for those who have not come yet.</param>
sealed record UserRow(Id Id, string Email, string Name, Roles Role, string? OrgUnit, string State, DateTimeOffset? LastSeenAt);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Housekeeping", 910, "/settings/users", Roles.Administrator)];

    public Module() =>
        Get("/settings/users", async (string? cursor, IMediator mediator, Texts texts, Caller caller, CancellationToken ct) =>
            {
                var users = await mediator.Send(new Request(cursor), ct);
                var words = texts.For(caller.Language, "Access/ListUsers");
                return Page.Of(new View(
                    [.. users.Items.Select(user => new ViewRow(user.Id, user.Email, user.Name, words.Label(user.Role), user.OrgUnit ?? words["wholeCompany"], words["state." + user.State], user.LastSeenAt))],
                    new Pager(users.Next is null ? null : "/settings/users?cursor=" + users.Next, cursor is null ? null : "/settings/users", users.Items.Count)));
            })
            .Sends<Request>();
}

sealed record View(IReadOnlyList<ViewRow> Rows, Pager Pager);

sealed record ViewRow(Id Id, string Email, string Name, string Role, string OrgUnit, string State, DateTimeOffset? LastSeenAt);

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Listing<UserRow>>
{
    public Task<Listing<UserRow>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = db.Query<UserRow>(Sql.List, new { After = Cursor.Read<string>(request.Cursor), Scope = caller.OrgUnit, Limit = limit + 1 });
        return Task.FromResult(Cursor.Page(rows, limit, user => user.Email));
    }
}

file static class Sql
{
    public const string List = """
        SELECT u.id, u.email, u.name, u.role, o.name AS org_unit,
          CASE WHEN u.active = 0 THEN 'inactive' WHEN u.joined_at IS NULL THEN 'invited' ELSE 'active' END AS state, u.last_seen_at
        FROM access_users u LEFT JOIN customers_v_org_units o ON o.id = u.org_unit_id
        WHERE (@After IS NULL OR u.email > @After)
          AND (@Scope = 0 OR u.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
        ORDER BY u.email
        LIMIT @Limit
        """;
}
