using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.ListJourneys;

/// <summary>The journeys by code, each with what it is a variant of.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(int? Limit = null, string? Cursor = null) : IRequest<Listing<Response>>;

/// <param name="VariantOf">Null for one that stands by itself.</param>
sealed record Response(string Code, Wording Name, string? VariantOf, string? Channel, string? Product, int Stages, int Touchpoints, long Revision, DateTimeOffset UpdatedAt, string UpdatedBy);

/// <summary>The journeys that were removed, for those who may put them back.</summary>
[Access(Staff = Roles.Programme)]
sealed record RemovedRequest : IRequest<IReadOnlyList<Removed>>;

sealed record Removed(string Code, string NameEn, string NameZh, long Revision, DateTimeOffset UpdatedAt, string UpdatedBy);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Journeys", 200, "/journeys", Roles.All)];

    public Module()
    {
        Get("/api/v1/journeys", (int? limit, string? cursor, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(limit, cursor), ct))
            .Sends<Request>()
            .Summary("List journeys")
            .Describe("By code; `next` is the cursor of the next page.");

        Get("/journeys", async (string? cursor, IMediator mediator, Caller caller, CancellationToken ct) =>
            {
                var removed = caller.Is(Roles.Programme) ? await mediator.Send(new RemovedRequest(), ct) : [];
                return Page.Of(View.Of(await mediator.Send(new Request(Cursor.LargestLimit, cursor), ct), removed, cursor, caller));
            })
            .Sends<Request>();
    }
}

/// <summary>The page.</summary>
sealed record View(IReadOnlyList<ViewRow> Rows, IReadOnlyList<RemovedRow> Removed, Pager Pager, bool MayEdit)
{
    public static View Of(Listing<Response> journeys, IReadOnlyList<Removed> removed, string? cursor, Caller caller) => new(
        [.. Tree(journeys.Items).Select(journey => new ViewRow(
            journey.VariantOf is not null, $"/journeys/{journey.Code}", journey.Name.In(caller.Language), journey.Code, string.Join(" · ", new[] { journey.Channel, journey.Product }.OfType<string>()),
            journey.Stages, journey.Touchpoints, journey.UpdatedAt, journey.UpdatedBy))],
        [.. removed.Select(journey => new RemovedRow($"/journeys/{journey.Code}/restore", new Wording(journey.NameEn, journey.NameZh).In(caller.Language), journey.Revision, journey.UpdatedAt, journey.UpdatedBy))],
        new Pager(journeys.Next is { } next ? $"/journeys?cursor={next}" : null, cursor is null ? null : "/journeys", journeys.Items.Count), caller.Is(Roles.Programme));

    /// <summary>Each variant after what it is a variant of.</summary>
    static IEnumerable<Response> Tree(IReadOnlyList<Response> journeys)
    {
        var known = journeys.Select(journey => journey.Code).ToHashSet(StringComparer.Ordinal);
        var variants = journeys.ToLookup(journey => journey.VariantOf is { } of && known.Contains(of) ? of : "");
        return variants[""].SelectMany(journey => variants[journey.Code].Prepend(journey));
    }
}

sealed record ViewRow(bool IsVariant, string Address, string Name, string Code, string For, int Stages, int Touchpoints, DateTimeOffset UpdatedAt, string UpdatedBy);

sealed record RemovedRow(string Restore, string Name, long Revision, DateTimeOffset At, string By);

sealed class Handler(Db db) : IRequestHandler<Request, Listing<Response>>
{
    public Task<Listing<Response>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = db.Query<Row>(Sql.List, new { After = Cursor.Read<string>(request.Cursor) ?? "", Limit = limit + 1 });
        return Task.FromResult(Cursor.Page(rows, limit, row => row.Code).Select(row => new Response(
            row.Code, new Wording(row.NameEn, row.NameZh), row.VariantOf, row.Channel, row.Product, row.Stages, row.Touchpoints, row.Revision, row.UpdatedAt, row.UpdatedBy)));
    }
}

sealed class RemovedHandler(Db db) : IRequestHandler<RemovedRequest, IReadOnlyList<Removed>>
{
    public Task<IReadOnlyList<Removed>> Handle(RemovedRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Query<Removed>(Sql.Removed));
}

file sealed record Row(string Code, string NameEn, string NameZh, string? VariantOf, string? Channel, string? Product, int Stages, int Touchpoints, long Revision, DateTimeOffset UpdatedAt, string UpdatedBy);

file static class Sql
{
    public const string List = """
        SELECT j.code, j.name_en, j.name_zh, j.variant_of, j.channel, j.product, json_array_length(j.definition, '$.stages') AS stages,
          (SELECT COUNT(DISTINCT p.touchpoint) FROM journeys_v_places p WHERE p.journey = j.code) AS touchpoints, j.revision, j.updated_at, j.updated_by
        FROM journeys_journeys j WHERE j.removed = 0 AND j.code > @After ORDER BY j.code LIMIT @Limit
        """;

    public const string Removed = "SELECT code, name_en, name_zh, revision, updated_at, updated_by FROM journeys_journeys WHERE removed = 1 ORDER BY updated_at DESC LIMIT 20";
}
