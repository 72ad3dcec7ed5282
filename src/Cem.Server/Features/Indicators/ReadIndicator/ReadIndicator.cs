using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Indicators.ReadIndicator;

/// <summary>One indicator of the library as it is from a version on, with where it stands in the tree.</summary>
/// <param name="Version">Of the library; the newest unless said, so that a change begins with what was last agreed.</param>
[Access(Keys = [Scopes.InsightsRead, Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(string Code, int? Version = null) : IRequest<Response>;

/// <param name="ValidFrom">The day from which this version holds; it may be still to come.</param>
/// <param name="Children">The codes of the indicators that count directly below it.</param>
/// <param name="Share">Of the root; null for one that is retired.</param>
/// <param name="Revision">Travels as the ETag.</param>
sealed record Response(int Version, DateOnly ValidFrom, string State, Indicator Indicator, IReadOnlyList<string> Children, double? Share, [property: JsonIgnore] long Revision);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/indicators/{code}", async ([AsParameters] Request request, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(request, ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Read an indicator")
            .Describe("As the newest version of the library has it, or any version by its number; the ETag goes back in If-Match.");
}

sealed class Handler(Db db, CompanyTime time) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var version = (request.Version is { } number ? LibraryStore.Find(reader, number) ?? throw LibraryStore.NotFound(number) : LibraryStore.Newest(reader)) ?? throw LibraryEdit.NotFound(request.Code);
        var it = version.Indicators.FirstOrDefault(it => it.Code == request.Code) ?? throw LibraryEdit.NotFound(request.Code);
        var current = LibraryStore.On(reader, time.Today)!.Version;
        return new Response(
            version.Version, version.ValidFrom, version.Version == current ? "inEffect" : version.Version < current ? "past" : "pending", it,
            [.. version.Live.Where(child => child.Parent == it.Code).Select(child => child.Code)],
            LibraryTree.Shares(version).TryGetValue(it.Code, out var share) ? share : null, LibraryEdit.Revision(it));
    }));
}
