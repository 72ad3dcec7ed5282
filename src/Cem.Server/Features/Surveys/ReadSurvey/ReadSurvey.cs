using System.Text.Json;
using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using MediatR;

namespace Cem.Server.Features.Surveys.ReadSurvey;

/// <summary>One survey: its draft, to be changed and put back with the ETag, and its frozen versions.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(string Code) : IRequest<Response>;

/// <param name="PublishedVersion">The newest frozen version; null for none.</param>
/// <param name="Changed">Whether the draft differs from it.</param>
/// <param name="Definition">The draft.</param>
sealed record Response(
    string Code, string Kind, Wording Title, long Revision, int? PublishedVersion, bool Changed, JsonElement Definition, IReadOnlyList<FrozenVersion> Versions)
{
    /// <summary>The newest frozen version's definition, for comparing.</summary>
    [JsonIgnore]
    public string? Published { get; init; }
}

/// <summary>A version as it was frozen: what people who got it were asked.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record VersionRequest(string Code, int Version) : IRequest<VersionResponse>;

sealed record VersionResponse(string Code, string Kind, Wording Title, int Version, DateTimeOffset PublishedAt, string PublishedBy, JsonElement Definition);

sealed record FrozenVersion(int Version, DateTimeOffset PublishedAt, string PublishedBy);

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/surveys/{code}", async (string code, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(code), ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Read a survey")
            .Describe("The draft, its ETag, and the frozen versions, newest first.");

        Get("/api/v1/surveys/{code}/versions/{version}", (string code, int version, IMediator mediator, CancellationToken ct) => mediator.Send(new VersionRequest(code, version), ct))
            .Sends<VersionRequest>()
            .Summary("Read a frozen version of a survey")
            .Describe("Its definition as it was published. It never changes; an answer names the version it was given to.");

        Get("/surveys/{code}/versions/{version}", async (string code, int version, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
                Page.Of(VersionView.Of(await mediator.Send(new VersionRequest(code, version), ct), caller, texts), "Version"))
            .Sends<VersionRequest>();

        Get("/surveys/{code}", async (string code, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
                Page.Of(View.Of(await mediator.Send(new Request(code), ct), caller, texts)))
            .Sends<Request>();
    }
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var row = reader.Find<Row>(Sql.Find, new { request.Code }) ?? throw Drafts.NotFound(request.Code);
        var versions = reader.Query<FrozenVersion>(Sql.Versions, new { row.Id });
        return new Response(request.Code, row.Kind, new Wording(row.TitleEn, row.TitleZh), row.Revision, row.PublishedVersion, row.Changed, Json.Read<JsonElement>(row.Draft), versions) { Published = row.Published };
    }));
}

sealed class VersionHandler(Db db) : IRequestHandler<VersionRequest, VersionResponse>
{
    public Task<VersionResponse> Handle(VersionRequest request, CancellationToken cancellationToken)
    {
        var row = db.Find<VersionRow>(Sql.Version, new { request.Code, request.Version })
            ?? throw Problem.NotFound("version-not-found", ($"The survey '{request.Code}' has no version {request.Version}.", $"问卷“{request.Code}”没有第 {request.Version} 版。"));
        var definition = SurveyDefinition.Stored(row.Definition);
        return Task.FromResult(new VersionResponse(
            request.Code, JsonNamingPolicy.CamelCase.ConvertName(definition.Kind.ToString()), new Wording(definition.Title.En, definition.Title.Zh), request.Version, row.PublishedAt, row.PublishedBy, Json.Read<JsonElement>(row.Definition)));
    }
}

file sealed record VersionRow(string Definition, DateTimeOffset PublishedAt, string PublishedBy);

file sealed record Row(long Id, string Kind, string TitleEn, string TitleZh, long Revision, int? PublishedVersion, bool Changed, string Draft, string? Published);

file static class Sql
{
    public const string Find = """
        SELECT s.id, s.kind, s.title_en, s.title_zh, s.revision, s.published_version, v.definition IS NULL OR v.definition <> s.draft AS changed, s.draft, v.definition AS published
        FROM surveys_surveys s LEFT JOIN surveys_versions v ON v.survey_id = s.id AND v.version = s.published_version
        WHERE s.code = @Code
        """;

    public const string Version = """
        SELECT v.definition, v.published_at, v.published_by FROM surveys_versions v JOIN surveys_surveys s ON s.id = v.survey_id
        WHERE s.code = @Code AND v.version = @Version
        """;

    public const string Versions = "SELECT version, published_at, published_by FROM surveys_versions WHERE survey_id = @Id ORDER BY version DESC";
}
