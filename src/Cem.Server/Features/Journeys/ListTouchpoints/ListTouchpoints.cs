using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.ListTouchpoints;

/// <summary>The touchpoints in the order of the customer's way.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite, Scopes.EventsWrite], Staff = Roles.All)]
sealed record Request(int? Limit = null, string? Cursor = null) : IRequest<Listing<Response>>;

sealed record Response(string Code, Wording Name, int Order);

/// <summary>The same for people, each with what hangs on it.</summary>
[Access(Staff = Roles.All)]
sealed record PageRequest : IRequest<IReadOnlyList<Hung>>;

/// <param name="Journeys">Codes of the journeys it stands on.</param>
/// <param name="Cells">Filled cells of the survey matrix.</param>
/// <param name="Indicators">Of the newest library, those that hang on it.</param>
sealed record Hung(string Code, string NameEn, string NameZh, int Sort, string[] Journeys, int Cells, int Indicators);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Journeys", 210, "/touchpoints", Roles.All)];

    public Module()
    {
        Get("/api/v1/touchpoints", (int? limit, string? cursor, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(limit, cursor), ct))
            .Sends<Request>()
            .Summary("List touchpoints")
            .Describe("In the order of the customer's way; `next` is the cursor of the next page.");

        Get("/touchpoints", async (IMediator mediator, Caller caller, CancellationToken ct) => Page.Of(View.Of(await mediator.Send(new PageRequest(), ct), caller)))
            .Sends<PageRequest>();
    }
}

/// <summary>The page.</summary>
/// <param name="Loose">How many nothing hangs on.</param>
sealed record View(IReadOnlyList<ViewRow> Rows, int Loose, bool MayEdit)
{
    public static View Of(IReadOnlyList<Hung> touchpoints, Caller caller) => new(
        [.. touchpoints.Select(each => new ViewRow(
            new Wording(each.NameEn, each.NameZh).In(caller.Language), each.Code, $"/touchpoints/{each.Code}", [.. each.Journeys.Select(code => new NavigationEntry(code, $"/journeys/{code}"))], each.Cells, each.Indicators))],
        touchpoints.Count(each => each.Journeys.Length + each.Cells + each.Indicators == 0), caller.Is(Roles.Programme));
}

sealed record ViewRow(string Name, string Code, string Address, IReadOnlyList<NavigationEntry> Journeys, int Cells, int Indicators);

sealed class Handler(Db db) : IRequestHandler<Request, Listing<Response>>
{
    public Task<Listing<Response>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read<After>(request.Cursor);
        var rows = db.Query<Row>(Sql.List, new { Order = after?.Order ?? -1, Code = after?.Code ?? "", Limit = limit + 1 });
        return Task.FromResult(Cursor.Page(rows, limit, row => new After(row.Sort, row.Code))
            .Select(row => new Response(row.Code, new Wording(row.NameEn, row.NameZh), row.Sort)));
    }
}

sealed class PageHandler(Db db) : IRequestHandler<PageRequest, IReadOnlyList<Hung>>
{
    public Task<IReadOnlyList<Hung>> Handle(PageRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Query<Hung>(Sql.Hung));
}

file sealed record After(int Order, string Code);

file sealed record Row(string Code, string NameEn, string NameZh, int Sort);

file static class Sql
{
    public const string List = """
        SELECT code, name_en, name_zh, sort FROM journeys_touchpoints
        WHERE (sort, code) > (@Order, @Code) ORDER BY sort, code LIMIT @Limit
        """;

    public const string Hung = """
        WITH places AS (SELECT DISTINCT touchpoint, journey FROM journeys_v_places),
          cells AS (SELECT touchpoint, COUNT(*) AS n FROM surveys_v_matrix GROUP BY touchpoint),
          indicators AS (SELECT touchpoint, COUNT(*) AS n FROM indicators_v_indicators
            WHERE version = (SELECT MAX(version) FROM indicators_v_versions) AND retired = 0 AND touchpoint IS NOT NULL GROUP BY touchpoint)
        SELECT t.code, t.name_en, t.name_zh, t.sort, (SELECT json_group_array(p.journey) FROM places p WHERE p.touchpoint = t.code) AS journeys,
          COALESCE(c.n, 0) AS cells, COALESCE(i.n, 0) AS indicators
        FROM journeys_touchpoints t LEFT JOIN cells c ON c.touchpoint = t.code LEFT JOIN indicators i ON i.touchpoint = t.code
        ORDER BY t.sort, t.code LIMIT 1000
        """;
}
