using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.ReadJourney;

/// <summary>One journey, to be changed and put back with its ETag.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(string Code) : IRequest<Response>;

/// <param name="Variants">Codes of its variants.</param>
sealed record Response(string Code, long Revision, DateTimeOffset UpdatedAt, string UpdatedBy, IReadOnlyList<string> Variants, JsonElement Definition);

/// <summary>The journey with its variants and the names of its touchpoints as a file that this page and other servers import.</summary>
[Access(Staff = Roles.All)]
sealed record FileRequest(string Code) : IRequest<JourneyFile>;

sealed class Module : Routes
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public Module()
    {
        Get("/api/v1/journeys/{code}", async (string code, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(code), ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Read a journey")
            .Describe("`definition` is what PUT takes; its ETag goes back in If-Match.");

        Get("/journeys/{code}/export", async (string code, IMediator mediator, CancellationToken ct) => Results.File(
                JsonSerializer.SerializeToUtf8Bytes(await mediator.Send(new FileRequest(code), ct), Readable), "application/json", $"journey-{code}.json"))
            .Sends<FileRequest>();
    }
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var journey = JourneyStore.Get(reader, request.Code);
        return new Response(journey.Code, journey.Revision, journey.UpdatedAt, journey.UpdatedBy, reader.Query<string>(Sql.Variants, new { request.Code }), Json.Read<JsonElement>(journey.Definition));
    }));
}

sealed class FileHandler(Db db) : IRequestHandler<FileRequest, JourneyFile>
{
    public Task<JourneyFile> Handle(FileRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var asked = JourneyStore.Get(reader, request.Code);
        List<StoredJourney> all = [asked, .. reader.Query<string>(Sql.Variants, new { request.Code }).Select(code => JourneyStore.Get(reader, code))];
        var used = all.SelectMany(journey => journey.Read().Touchpoints).ToHashSet(StringComparer.Ordinal);
        return new JourneyFile(
            [.. all.Select(journey => JourneyInFile.Of(journey.Code, journey.Read()))],
            [.. reader.Query<TouchpointRow>(Sql.Touchpoints).Where(row => used.Contains(row.Code)).Select(row => new TouchpointInFile(row.Code, new Wording(row.NameEn, row.NameZh), row.Sort))]);
    }));
}

file sealed record TouchpointRow(string Code, string NameEn, string NameZh, int Sort);

file static class Sql
{
    public const string Variants = "SELECT code FROM journeys_journeys WHERE variant_of = @Code AND removed = 0 ORDER BY code";

    public const string Touchpoints = "SELECT code, name_en, name_zh, sort FROM journeys_touchpoints ORDER BY sort, code";
}
