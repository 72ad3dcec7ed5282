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

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/survey-matrix", async (HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(), ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Read the survey matrix")
            .Describe("All cells, as `PUT /api/v1/survey-matrix` takes them.");
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) =>
        Task.FromResult(db.Read(reader => new Response(reader.Single<long>(Sql.Revision), reader.Query<Cell>(Sql.Cells))));
}

file static class Sql
{
    public const string Revision = "SELECT revision FROM surveys_matrix_revision";

    public const string Cells = """
        SELECT c.touchpoint, c.role, s.code AS survey, c.trigger, c.delay_minutes, c.channel, c.sampling, c.active
        FROM surveys_cells c JOIN surveys_surveys s ON s.id = c.survey_id LEFT JOIN journeys_v_touchpoints t ON t.code = c.touchpoint
        ORDER BY t.sort, c.touchpoint, c.role
        """;
}
