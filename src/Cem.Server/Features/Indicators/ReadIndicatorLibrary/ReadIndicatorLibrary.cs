using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Indicators.ReadIndicatorLibrary;

/// <summary>A version of the indicator library, as PUT takes it: to keep a copy, or to bring it into another server.</summary>
/// <param name="Version">Its number; the one in effect today unless said.</param>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(int? Version = null) : IRequest<Response>;

/// <param name="Revision">Travels as the ETag.</param>
sealed record Response([property: JsonIgnore] long Revision, DateOnly ValidFrom, IReadOnlyList<Wording> LevelNames, string? Note, IReadOnlyList<Indicator> Indicators);

/// <summary>All versions, with when each holds.</summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record ListRequest : IRequest<ListResponse>;

sealed record ListResponse(IReadOnlyList<ListedVersion> Items);

/// <param name="State">past, inEffect or pending.</param>
sealed record ListedVersion(int Version, DateOnly ValidFrom, string State, string? Note, DateTimeOffset MadeAt, string MadeBy);

sealed class Module : Routes
{
    static readonly JsonSerializerOptions Readable = new(WireJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Module()
    {
        Get("/api/v1/indicator-library", async ([AsParameters] Request request, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(request, ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Read the indicator library")
            .Describe("The version in effect today, or any by its number, as `PUT /api/v1/indicator-library` takes it. 404 while there is none.");

        Get("/api/v1/indicator-library/versions", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListRequest(), ct))
            .Sends<ListRequest>()
            .Summary("List the versions of the indicator library");

        Get("/indicators/export", async (int? version, IMediator mediator, CancellationToken ct) => Results.File(
                JsonSerializer.SerializeToUtf8Bytes(await mediator.Send(new Request(version), ct), Readable), "application/json", "indicator-library.json"))
            .Sends<Request>();
    }
}

sealed class Handler(Db db, CompanyTime time) : IRequestHandler<Request, Response>, IRequestHandler<ListRequest, ListResponse>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var found = db.Read(reader => request.Version is { } version ? LibraryStore.Find(reader, version) : LibraryStore.On(reader, time.Today))
            ?? throw LibraryStore.NotFound(request.Version ?? 1);
        return Task.FromResult(new Response(LibraryEdit.Revision(found), found.ValidFrom, found.LevelNames, found.Note, found.Indicators));
    }

    public Task<ListResponse> Handle(ListRequest request, CancellationToken cancellationToken)
    {
        var versions = db.Read(LibraryStore.Versions);
        var current = versions.LastOrDefault(version => version.ValidFrom <= time.Today)?.Version ?? 0;
        return Task.FromResult(new ListResponse([.. versions.Select(version => new ListedVersion(version.Version, version.ValidFrom,
            version.Version == current ? "inEffect" : version.Version < current ? "past" : "pending", version.Note, version.MadeAt, version.MadeBy))]));
    }
}
