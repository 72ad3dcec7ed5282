using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.OpenShare;

/// <summary>
/// What a shared link opens: the map, drawn for somebody who may have no account, with scores of the part of the company that
/// its maker sees, and nothing to click through to. An editor's link lets a colleague in who is, or then has, signed in. One that
/// was ended, or is too old, is not there.
/// </summary>
[Access(Anyone = true)]
sealed record Request(string Secret, string? Period = null) : IRequest<View>;

/// <param name="Join">The path of the form by which a colleague comes in as an editor; null for a viewer's link, and for nobody signed in.</param>
/// <param name="SignIn">Where an editor signs in first; null for a viewer's link, and for somebody who has.</param>
sealed record View(string Name, string? Description, string Until, FilterBar Bar, JourneyMap Map, string? Join, string? SignIn);

/// <summary>Takes a signed-in colleague in as an editor, for as long as the link holds.</summary>
[Access(Staff = Roles.All)]
sealed record JoinRequest(string Secret) : IRequest<JoinResponse>;

sealed record JoinResponse(string Code);

sealed class Module : Routes
{
    public Module()
    {
        Get("/journeys/shared/{secret}", async (string secret, string? period, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Request(secret, period), ct)))
            .Sends<Request>();

        Post("/journeys/shared/{secret}/join", async (string secret, IMediator mediator, CancellationToken ct) =>
                TypedResults.LocalRedirect($"/journeys/{Uri.EscapeDataString((await mediator.Send(new JoinRequest(secret), ct)).Code)}?mode=edit&done=editor"))
            .Sends<JoinRequest>();
    }
}

sealed class Handler(Db db, Caller caller, TouchpointScores touchpoints, MapMaker maker, Texts texts, CompanyTime time) : IRequestHandler<Request, View>
{
    readonly ScopedTexts words = texts.For(caller.Language, "Journeys/OpenShare");

    public async Task<View> Handle(Request request, CancellationToken cancellationToken)
    {
        var row = await db.Write(tx =>
        {
            var row = Shares.Find(tx, request.Secret, tx.Now);
            tx.Execute(Sql.Opened, new { row.Id, tx.Now });
            return row;
        }, cancellationToken);
        var journey = Json.Read<Journey>(row.Definition);
        var filter = new MapFilter(request.Period).For(journey.Variant);
        var scores = await touchpoints.Read(filter, row.OrgUnitId, cancellationToken);
        var bar = new FilterBar([new FilterField("period", words["filter.period"], filter.PeriodName, [.. MapFilter.Periods.Select(period => new Option(period, words["period." + period]))]) { Default = MapFilter.DefaultPeriod }]);
        return new View(
            journey.Name.In(caller.Language), journey.Description?.In(caller.Language), new Formats(caller.Language, time.Zone).Time(row.ExpiresAt), bar,
            maker.Make(row.Code, journey, scores, filter, caller.Language, edit: false, linked: false),
            row.Role == "editor" && caller.Kind == CallerKind.Staff ? $"/journeys/shared/{request.Secret}/join" : null,
            row.Role == "editor" && caller.Kind != CallerKind.Staff ? "/sign-in?back=" + Uri.EscapeDataString($"/journeys/shared/{request.Secret}") : null);
    }
}

sealed class JoinHandler(Db db, Caller caller) : IRequestHandler<JoinRequest, JoinResponse>
{
    public Task<JoinResponse> Handle(JoinRequest request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var row = Shares.Find(tx, request.Secret, tx.Now);
        if (row.Role != "editor")
            throw Shares.Gone();
        if (tx.Execute(Sql.Join, new { row.Id, User = caller.Id, tx.Now }) > 0)
            tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "journey.editor-joined", row.Code, Json.Write(new { Share = new Id(row.Id) })));
        return new JoinResponse(row.Code);
    }, cancellationToken);
}

/// <summary>Links by their secret.</summary>
static class Shares
{
    /// <exception cref="Problem">404: unknown, ended, too old, or its journey was removed.</exception>
    public static ShareRow Find(Session session, string secret, DateTimeOffset now) => session.Find<ShareRow>(Sql.Find, new { Hash = Secret.Hash(secret), Now = now }) ?? throw Gone();

    public static Problem Gone() => Problem.NotFound("link-not-found", ("This link has ended, or is too old.", "此链接已终止或已过期。"));
}

sealed record ShareRow(long Id, string Code, string Definition, string Role, long OrgUnitId, DateTimeOffset ExpiresAt);

file static class Sql
{
    public const string Find = """
        SELECT s.id, j.code, j.definition, s.role, s.org_unit_id, s.expires_at FROM journeys_shares s JOIN journeys_journeys j ON j.id = s.journey_id AND j.removed = 0
        WHERE s.secret_hash = @Hash AND s.revoked_at IS NULL AND s.expires_at > @Now
        """;

    public const string Opened = "UPDATE journeys_shares SET opened = opened + 1, last_opened_at = @Now WHERE id = @Id";

    public const string Join = "INSERT INTO journeys_editors (share_id, user_id, since) VALUES (@Id, @User, @Now) ON CONFLICT DO NOTHING";
}
