using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Surveys.ReadSurvey;

/// <summary>One survey: its draft, to be changed and put back with the ETag, and its frozen versions.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(string Code) : IRequest<Response>;

/// <param name="PublishedVersion">The newest frozen version; null for none.</param>
/// <param name="Changed">Whether the draft differs from it.</param>
/// <param name="Definition">The draft.</param>
sealed record Response(
    string Code, string Kind, Wording Title, long Revision, int? PublishedVersion, bool Changed, JsonElement Definition, IReadOnlyList<FrozenVersion> Versions);

sealed record FrozenVersion(int Version, DateTimeOffset PublishedAt, string PublishedBy);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/surveys/{code}", async (string code, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(code), ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Read a survey")
            .Describe("The draft, its ETag, and the frozen versions, newest first.");
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var row = reader.Find<Row>(Sql.Find, new { request.Code })
            ?? throw Problem.NotFound("survey-not-found", ($"There is no survey '{request.Code}'.", $"问卷“{request.Code}”不存在。"));
        var versions = reader.Query<FrozenVersion>(Sql.Versions, new { row.Id });
        return new Response(request.Code, row.Kind, new Wording(row.TitleEn, row.TitleZh), row.Revision, row.PublishedVersion, row.Changed, Json.Read<JsonElement>(row.Draft), versions);
    }));
}

file sealed record Row(long Id, string Kind, string TitleEn, string TitleZh, long Revision, int? PublishedVersion, bool Changed, string Draft);

file static class Sql
{
    public const string Find = """
        SELECT s.id, s.kind, s.title_en, s.title_zh, s.revision, s.published_version, v.definition IS NULL OR v.definition <> s.draft AS changed, s.draft
        FROM surveys_surveys s LEFT JOIN surveys_versions v ON v.survey_id = s.id AND v.version = s.published_version
        WHERE s.code = @Code
        """;

    public const string Versions = "SELECT version, published_at, published_by FROM surveys_versions WHERE survey_id = @Id ORDER BY version DESC";
}
