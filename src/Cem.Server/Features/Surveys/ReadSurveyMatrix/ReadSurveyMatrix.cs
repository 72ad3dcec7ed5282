using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Surveys.ReadSurveyMatrix;

/// <summary>The survey matrix: every filled cell, in the order of the touchpoints.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request : IRequest<Response>;

/// <param name="Revision">Travels as the ETag.</param>
sealed record Response([property: JsonIgnore] long Revision, IReadOnlyList<Cell> Cells);

sealed record Cell(string Touchpoint, string Role, string Survey, string Trigger, int DelayMinutes, string Channel, double Sampling, bool Active);

/// <summary>The same for people: touchpoints down, roles across, an empty cell a visible gap, and how many answered.</summary>
[Access(Staff = Roles.All)]
sealed record PageRequest : IRequest<PageResponse>;

sealed record PageResponse(IReadOnlyList<Touchpoint> Touchpoints, IReadOnlyList<Cell> Cells, IReadOnlyList<Rate> Rates, IReadOnlyList<Title> Titles);

sealed record Touchpoint(string Code, string NameEn, string NameZh);

/// <param name="Sent">Invitations that left in the last 90 days, in the caller's part of the company.</param>
sealed record Rate(string Touchpoint, string Role, int Sent, int Completed);

sealed record Title(string Code, string TitleEn, string TitleZh);

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("Surveys", 310, "/survey-matrix", Roles.All)];

    public Module()
    {
        Get("/api/v1/survey-matrix", async (HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(), ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Read the survey matrix")
            .Describe("All cells, as `PUT /api/v1/survey-matrix` takes them.");

        Get("/survey-matrix", async (IMediator mediator, Caller caller, CancellationToken ct) => Page.Of(View.Of(await mediator.Send(new PageRequest(), ct), caller)))
            .Sends<PageRequest>();
    }
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) =>
        Task.FromResult(db.Read(reader => new Response(reader.Single<long>(Sql.Revision), reader.Query<Cell>(Sql.Cells))));
}

sealed class PageHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<PageRequest, PageResponse>
{
    static readonly TimeSpan Recent = TimeSpan.FromDays(90);

    public Task<PageResponse> Handle(PageRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader => new PageResponse(
        reader.Query<Touchpoint>(Sql.Touchpoints), reader.Query<Cell>(Sql.Cells),
        reader.Query<Rate>(Sql.Rates, new { caller.OrgUnit, Since = clock.GetUtcNow() - Recent }), reader.Query<Title>(Sql.Titles))));
}

file static class Sql
{
    public const string Revision = "SELECT revision FROM surveys_matrix_revision";

    public const string Cells = """
        SELECT c.touchpoint, c.role, s.code AS survey, c.trigger, c.delay_minutes, c.channel, c.sampling, c.active
        FROM surveys_cells c JOIN surveys_surveys s ON s.id = c.survey_id LEFT JOIN journeys_v_touchpoints t ON t.code = c.touchpoint
        ORDER BY t.sort, c.touchpoint, c.role
        """;

    public const string Touchpoints = "SELECT code, name_en, name_zh FROM journeys_v_touchpoints ORDER BY sort, code";

    public const string Titles = "SELECT code, title_en, title_zh FROM surveys_surveys";

    public const string Rates = """
        SELECT i.touchpoint, i.role, COUNT(*) AS sent, SUM(i.state = 'completed') AS completed
        FROM invitations_v_invitations i
        WHERE i.sent_at >= @Since AND i.touchpoint IS NOT NULL AND i.role IS NOT NULL
          AND i.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        GROUP BY i.touchpoint, i.role
        """;
}
