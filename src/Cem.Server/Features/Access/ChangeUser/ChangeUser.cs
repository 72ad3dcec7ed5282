using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Access.ChangeUser;

/// <summary>
/// Changes what somebody may do and see, from their next click on; deactivating ends their sessions and links at once. The
/// last active administrator stays one: a server that nobody can administer is lost.
/// </summary>
/// <param name="OrgUnit">The code; null or empty is the whole company.</param>
[Access(Staff = Roles.Administrator)]
sealed record Request(string Name, Roles Role, string? OrgUnit, bool Active) : IRequest<Response>
{
    [JsonIgnore]
    public Id Id { get; init; }
}

sealed record Response;

/// <summary>One user's page.</summary>
[Access(Staff = Roles.Administrator)]
sealed record Look(Id Id) : IRequest<View>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/settings/users/{id}", async (Id id, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Look(id), ct)))
            .Sends<Look>();

        Post("/settings/users/{id}", (Id id, IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(new Request(form["name"].ToString().Trim(), RoleNames.Parse(form["role"].ToString()), form["orgUnit"], form["active"] == "true") { Id = id }, ct);
                    return $"/settings/users/{id}?done=saved";
                },
                again: async refused => await mediator.Send(new Look(id), ct) with { Form = refused }))
            .Sends<Request>();
    }
}

/// <param name="Role">As stored, for the form that invites again.</param>
sealed record View(
    Id Id, string Email, string Name, string Role, string OrgUnit, string Language, string State, Form Form,
    IReadOnlyList<Option> Roles, IReadOnlyList<Option> OrgUnits, IReadOnlyList<SessionRow> Sessions)
{
    public bool IsInvited => State == "invited";

    public bool IsActive => State == "active";
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator() => RuleFor(request => request.Name).NotEmpty().MaximumLength(100);
}

sealed class Handler(Db db, Caller caller, Texts texts, TimeProvider clock) : IRequestHandler<Request, Response>, IRequestHandler<Look, View>
{
    public Task<View> Handle(Look request, CancellationToken cancellationToken)
    {
        var user = db.Find<Row>(Sql.Find, new { Id = request.Id.Value, Scope = caller.OrgUnit }) ?? throw NotFound();
        var words = texts.For(caller.Language, "Access/ChangeUser");
        var here = $"/settings/users/{request.Id}";
        return Task.FromResult(new View(
            request.Id, user.Email, user.Name, RoleNames.Of(user.Role), user.OrgUnit, user.Language, user.Active ? user.Joined ? "active" : "invited" : "inactive",
            Form.Of(("name", user.Name), ("role", RoleNames.Of(user.Role)), ("orgUnit", user.OrgUnit), ("active", user.Active)),
            RoleNames.Options(words), OrgUnits.Options(db, caller, words["wholeCompany"]),
            SessionList.Of(db, request.Id, caller, here, clock.GetUtcNow())));
    }

    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var before = tx.Find<Row>(Sql.Find, new { Id = request.Id.Value, Scope = caller.OrgUnit }) ?? throw NotFound();
        var after = new { Id = request.Id.Value, request.Name, Role = RoleNames.Of(request.Role), OrgUnit = OrgUnits.Find(tx, request.OrgUnit, caller), request.Active };
        tx.Execute(Sql.Change, after);
        var wasAdministrator = before is { Role: Roles.Administrator, Active: true, Joined: true };
        if (wasAdministrator && !tx.Single<bool>(Sql.AnyAdministrator))
            throw Problem.Rule(request.Active ? "/role" : "/active", "last-administrator",
                ("This is the last active administrator. Make somebody else one first.", "这是最后一位启用的管理员，请先指定其他管理员。"));
        if (!request.Active)
        {
            tx.Execute(Sql.EndSessions, new { User = after.Id });
            tx.Execute(Sql.DropLinks, new { User = after.Id });
        }
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), request.Active == before.Active ? "user.changed" : request.Active ? "user.activated" : "user.deactivated",
            request.Id.ToString(), Json.Write(new { from = new { role = RoleNames.Of(before.Role), before.OrgUnit }, to = new { role = after.Role, OrgUnit = request.OrgUnit ?? "" } })));
        return new Response();
    }, cancellationToken);

    static Problem NotFound() => Problem.NotFound("user-not-found", ("There is no such user.", "该用户不存在。"));
}

/// <param name="OrgUnit">The code; empty for the whole company.</param>
file sealed record Row(string Email, string Name, Roles Role, string OrgUnit, string Language, bool Active, bool Joined);

file static class Sql
{
    public const string Find = """
        SELECT u.email, u.name, u.role, COALESCE(o.code, '') AS org_unit, u.language, u.active, u.joined_at IS NOT NULL AS joined
        FROM access_users u LEFT JOIN customers_v_org_units o ON o.id = u.org_unit_id
        WHERE u.id = @Id AND (@Scope = 0 OR u.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @Scope))
        """;

    public const string Change = "UPDATE access_users SET name = @Name, role = @Role, org_unit_id = @OrgUnit, active = @Active WHERE id = @Id";

    public const string AnyAdministrator = """
        SELECT EXISTS (SELECT 1 FROM access_users WHERE role = 'administrator' AND active = 1 AND joined_at IS NOT NULL)
        """;

    public const string EndSessions = "DELETE FROM access_sessions WHERE user_id = @User";

    public const string DropLinks = "DELETE FROM access_links WHERE user_id = @User";
}
