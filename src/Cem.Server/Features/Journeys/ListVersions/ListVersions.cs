using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.ListVersions;

/// <summary>The history of a journey: who changed what, and when, the newest first.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(string Code, int? Limit = null, string? Cursor = null) : IRequest<Listing<Response>>;

/// <param name="Changes">In words.</param>
/// <param name="RestoredFrom">The version that was put back; null for a change.</param>
sealed record Response(long Version, DateTimeOffset At, string By, IReadOnlyList<Wording> Changes, long? RestoredFrom);

/// <summary>A journey as it was.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record VersionRequest(string Code, long Version) : IRequest<VersionResponse>;

sealed record VersionResponse(string Code, long Version, JsonElement Definition);

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/journeys/{code}/versions", (string code, int? limit, string? cursor, IMediator mediator, CancellationToken ct) => mediator.Send(new Request(code, limit, cursor), ct))
            .Sends<Request>()
            .Summary("List the versions of a journey")
            .Describe("Who changed what, in words, and when; the newest first.");

        Get("/api/v1/journeys/{code}/versions/{version}", (string code, long version, IMediator mediator, CancellationToken ct) => mediator.Send(new VersionRequest(code, version), ct))
            .Sends<VersionRequest>()
            .Summary("Read a version of a journey")
            .Describe("The journey as it was then. It never changes.");

        Get("/journeys/{code}/history", async (string code, string? cursor, IMediator mediator, Caller caller, Db db, Texts texts, CancellationToken ct) =>
                Page.Of(View.Of(db.Read(reader => JourneyStore.Get(reader, code)), await mediator.Send(new Request(code, Cursor: cursor), ct), cursor, caller, texts)))
            .Sends<Request>();
    }
}

/// <summary>The page.</summary>
sealed record View(string Address, IReadOnlyList<ViewRow> Rows, Pager Pager, bool MayRestore, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static View Of(StoredJourney journey, Listing<Response> versions, string? cursor, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Journeys/ListVersions");
        var address = $"/journeys/{journey.Code}";
        return new(
            address, [.. versions.Items.Select(version => new ViewRow(version.Version, version.Version == journey.Revision, version.At, version.By, [.. version.Changes.Select(change => change.In(caller.Language))]))],
            new Pager(versions.Next is { } next ? $"{address}/history?cursor={next}" : null, cursor is null ? null : address + "/history", versions.Items.Count), caller.Is(Roles.Programme),
            [new NavigationEntry(words["section"], "/journeys"), new NavigationEntry(journey.Read().Name.In(caller.Language), address), new NavigationEntry(words["title"], "", Current: true)]);
    }
}

sealed record ViewRow(long Version, bool Current, DateTimeOffset At, string By, IReadOnlyList<string> Changes);

sealed class Handler(Db db) : IRequestHandler<Request, Listing<Response>>
{
    public Task<Listing<Response>> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var journey = JourneyStore.Get(reader, request.Code);
        var limit = Cursor.Limit(request.Limit);
        var rows = reader.Query<Row>(Sql.List, new { journey.Id, Before = Cursor.Read<long?>(request.Cursor) ?? long.MaxValue, Limit = limit + 1 });
        return Cursor.Page(rows, limit, row => row.Revision)
            .Select(row => new Response(row.Revision, row.MadeAt, row.MadeBy, Json.Read<IReadOnlyList<Wording>>(row.Changes), row.RestoredFrom));
    }));
}

sealed class VersionHandler(Db db) : IRequestHandler<VersionRequest, VersionResponse>
{
    public Task<VersionResponse> Handle(VersionRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader => new VersionResponse(
        request.Code, request.Version, JsonSerializer.SerializeToElement(JourneyStore.At(reader, JourneyStore.Get(reader, request.Code), request.Version), Json.Stored))));
}

file sealed record Row(long Revision, DateTimeOffset MadeAt, string MadeBy, string Changes, long? RestoredFrom);

file static class Sql
{
    public const string List = """
        SELECT revision, made_at, made_by, changes, restored_from FROM journeys_revisions WHERE journey_id = @Id AND revision < @Before ORDER BY revision DESC LIMIT @Limit
        """;
}
