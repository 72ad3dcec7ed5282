using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Surveys.ListSurveys;

/// <summary>The surveys by code: which are published, which have changes waiting, and where each is used.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(int? Limit = null, string? Cursor = null) : IRequest<Listing<Response>>;

/// <param name="PublishedVersion">The newest frozen version; null for none.</param>
/// <param name="Changed">Whether the draft differs from it.</param>
/// <param name="Cells">How many cells of the survey matrix ask by it.</param>
sealed record Response(string Code, string Kind, Wording Title, int? PublishedVersion, bool Changed, int Cells, DateTimeOffset UpdatedAt);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Surveys", 300, "/surveys", Roles.All)];

    public Module()
    {
        Get("/api/v1/surveys", (int? limit, string? cursor, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(limit, cursor), ct))
            .Sends<Request>()
            .Summary("List surveys")
            .Describe("By code; `next` is the cursor of the next page.");

        Get("/surveys", async (string? cursor, IMediator mediator, Caller caller, CancellationToken ct) =>
                Page.Of(View.Of(await mediator.Send(new Request(Cursor: cursor), ct), cursor, caller)))
            .Sends<Request>();
    }
}

/// <summary>The page.</summary>
sealed record View(IReadOnlyList<ViewRow> Rows, Pager Pager, bool MayEdit)
{
    public static View Of(Listing<Response> surveys, string? cursor, Caller caller) => new(
        [.. surveys.Items.Select(survey => ViewRow.Of(survey, caller.Language))],
        new Pager(surveys.Next is { } next ? $"/surveys?cursor={next}" : null, cursor is null ? null : "/surveys", surveys.Items.Count),
        caller.Is(Roles.Programme));
}

sealed record ViewRow(string Code, string Address, string Title, string Kind, string State, string Tone, int? Version, int Cells, DateTimeOffset UpdatedAt)
{
    public static ViewRow Of(Response survey, string language)
    {
        var (state, tone) = survey switch { { PublishedVersion: null } => ("draft", ""), { Changed: true } => ("changed", "active"), _ => ("published", "done") };
        return new(survey.Code, $"/surveys/{survey.Code}", survey.Title.In(language), survey.Kind, state, tone, survey.PublishedVersion, survey.Cells, survey.UpdatedAt);
    }
}

sealed class Handler(Db db) : IRequestHandler<Request, Listing<Response>>
{
    public Task<Listing<Response>> Handle(Request request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var rows = db.Query<Row>(Sql.List, new { After = Cursor.Read<string>(request.Cursor) ?? "", Limit = limit + 1 });
        return Task.FromResult(Cursor.Page(rows, limit, row => row.Code)
            .Select(row => new Response(row.Code, row.Kind, new Wording(row.TitleEn, row.TitleZh), row.PublishedVersion, row.Changed, row.Cells, row.UpdatedAt)));
    }
}

file sealed record Row(string Code, string Kind, string TitleEn, string TitleZh, int? PublishedVersion, bool Changed, int Cells, DateTimeOffset UpdatedAt);

file static class Sql
{
    public const string List = """
        SELECT s.code, s.kind, s.title_en, s.title_zh, s.published_version, v.definition IS NULL OR v.definition <> s.draft AS changed,
          (SELECT COUNT(*) FROM surveys_cells c WHERE c.survey_id = s.id AND c.active = 1) AS cells, s.updated_at
        FROM surveys_surveys s LEFT JOIN surveys_versions v ON v.survey_id = s.id AND v.version = s.published_version
        WHERE s.code > @After ORDER BY s.code LIMIT @Limit
        """;
}
