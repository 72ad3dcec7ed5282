using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Indicators.CompareVersions;

/// <summary>What changed between two versions of the library, indicator by indicator and field by field, with what it does to each one's share of the root.</summary>
/// <param name="Older">Number of the version to start from.</param>
/// <param name="Newer">Number of the version to compare it with.</param>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(int Older, int Newer) : IRequest<Response>;

sealed record Response(int From, int To, IReadOnlyList<Difference> Differences);

/// <param name="Kind">added, removed, retired, revived, moved or changed.</param>
/// <param name="ShareFrom">Its share of the root before; null where it did not count.</param>
sealed record Difference(string Code, Wording Name, string Kind, double? ShareFrom, double? ShareTo, IReadOnlyList<FieldChange> Fields);

/// <param name="From">The field as JSON; null where it was not there.</param>
sealed record FieldChange(string Field, JsonElement? From, JsonElement? To);

/// <summary>The versions as a page, and what changed between two of them.</summary>
[Access(Staff = Roles.All)]
sealed record PageRequest(int? From = null, int? To = null) : IRequest<View>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/api/v1/indicator-library/comparison", ([AsParameters] Request request, IMediator mediator, CancellationToken ct) => mediator.Send(request, ct))
            .Sends<Request>()
            .Summary("Compare two versions of the indicator library")
            .Describe("What was added, retired, moved or changed, field by field, and each indicator's share of the root before and after.");

        Get("/indicators/versions", async (int? from, int? to, IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new PageRequest(from, to), ct)))
            .Sends<PageRequest>();
    }
}

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var from = LibraryStore.Find(reader, request.Older) ?? throw LibraryStore.NotFound(request.Older);
        var to = LibraryStore.Find(reader, request.Newer) ?? throw LibraryStore.NotFound(request.Newer);
        return new Response(from.Version, to.Version, [.. Differences(from, to)]);
    }));

    static IEnumerable<Difference> Differences(LibraryVersion from, LibraryVersion to)
    {
        var (sharesFrom, sharesTo) = (LibraryTree.Shares(from), LibraryTree.Shares(to));
        var before = from.Indicators.ToDictionary(it => it.Code, StringComparer.Ordinal);
        var after = to.Indicators.ToDictionary(it => it.Code, StringComparer.Ordinal);
        foreach (var code in after.Keys.Union(before.Keys, StringComparer.Ordinal))
        {
            var (was, @is) = (before.GetValueOrDefault(code), after.GetValueOrDefault(code));
            var fields = was is null || @is is null ? [] : Fields(was, @is).ToList();
            double? shareFrom = sharesFrom.TryGetValue(code, out var one) ? one : null, shareTo = sharesTo.TryGetValue(code, out var two) ? two : null;
            if (was is null || @is is null || fields.Count > 0)
                yield return new(code, (@is ?? was)!.Name, (was, @is) switch
                {
                    (null, _) => "added",
                    (_, null) => "removed",
                    _ when was.Retired != @is.Retired => @is.Retired ? "retired" : "revived",
                    _ when was.Parent != @is.Parent => "moved",
                    _ => "changed",
                }, shareFrom, shareTo, fields);
        }
    }

    static IEnumerable<FieldChange> Fields(Indicator was, Indicator @is)
    {
        var (before, after) = (Members(was), Members(@is));
        return before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Select(name => new FieldChange(name, before.TryGetValue(name, out var one) ? one : null, after.TryGetValue(name, out var two) ? two : null))
            .Where(field => field.From?.GetRawText() != field.To?.GetRawText());
    }

    static Dictionary<string, JsonElement> Members(Indicator it) => JsonElement.Parse(Json.Write(it)).EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
}

sealed class PageHandler(Db db, IMediator mediator, Caller caller, Texts texts, CompanyTime time) : IRequestHandler<PageRequest, View>
{
    public async Task<View> Handle(PageRequest request, CancellationToken cancellationToken)
    {
        var versions = db.Read(LibraryStore.Versions);
        if (versions.Count == 0)
            return View.Empty;
        var to = request.To ?? versions[^1].Version;
        var from = request.From ?? Math.Max(1, to - 1);
        var compared = await mediator.Send(new Request(from, to), cancellationToken);
        return View.Of(versions, compared, texts.For(caller.Language, "Indicators/CompareVersions"), caller.Language, time.Today);
    }
}
