using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.RestoreJourney;

/// <summary>
/// Puts a journey back as it was in a version, also one that was removed. That is a change like any other: what it was until
/// now stays in the history, and can be put back in turn.
/// </summary>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.All)]
sealed record Request(string Code, long Version) : IRequest<Response>;

sealed record Response(string Code, long Revision);

sealed class Module : Routes
{
    public Module()
    {
        Post("/api/v1/journeys/{code}/versions/{version}:restore", async (string code, long version, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(code, version), ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response;
            })
            .Sends<Request>()
            .Summary("Put a version of a journey back")
            .Describe("Makes a new version of the same content. Also brings back a journey that was removed. 422 where what it names is gone in the meantime.");

        Post("/journeys/{code}/restore", async (string code, IFormCollection form, [AsParameters] MapFilter map, IMediator mediator, CancellationToken ct) =>
            {
                if (!long.TryParse(form["revision"], out var revision))
                    throw Problem.Malformed("/revision", "number", ("A version is needed.", "需要版本号。"));
                await mediator.Send(new Request(code, revision), ct);
                return TypedResults.LocalRedirect(map.Here($"/journeys/{Uri.EscapeDataString(code)}?{(form["edit"].Count > 0 ? "mode=edit&" : "")}done=restored"));
            })
            .Sends<Request>();
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var journey = JourneyStore.Find(tx, request.Code) ?? throw JourneyStore.NotFound(request.Code);
        JourneyEditors.Check(tx, caller, journey);
        var then = JourneyStore.At(tx, journey, request.Version);
        return new Response(request.Code, JourneyStore.Save(tx, caller, request.Code, then, null, request.Version).Journey.Revision);
    }, cancellationToken);
}
