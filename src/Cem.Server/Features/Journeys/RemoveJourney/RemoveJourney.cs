using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Journeys.RemoveJourney;

/// <summary>
/// Takes a journey out of sight; its history stays, so that it can be put back. One with variants is refused with their names.
/// Removing it again changes nothing.
/// </summary>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(string Code) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module()
    {
        Delete("/api/v1/journeys/{code}", async Task<NoContent> (string code, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(code), ct);
                return TypedResults.NoContent();
            })
            .Sends<Request>()
            .Summary("Remove a journey")
            .Describe("Its versions stay and can be put back; its share links stop. 409 with their codes while it has variants. Repeating it changes nothing.");

        Post("/journeys/{code}/remove", async (string code, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(code), ct);
                return TypedResults.LocalRedirect("/journeys?done=removed");
            })
            .Sends<Request>();
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var journey = JourneyStore.Find(tx, request.Code) ?? throw JourneyStore.NotFound(request.Code);
        if (journey.Removed)
            return new Response();
        var variants = tx.Query<string>(Sql.Variants, new { request.Code });
        if (variants.Count > 0)
            throw Problem.Conflict("has-variants", ($"It has variants; remove them first: {string.Join(", ", variants)}.", $"该旅程有变体，请先删除：{string.Join("、", variants)}。"));
        tx.Execute(Sql.Remove, new { journey.Id, tx.Now, By = caller.Name });
        tx.Execute(Sql.Revoke, new { journey.Id, tx.Now });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "journey.removed", request.Code, Json.Write(new { journey.Revision })));
        return new Response();
    }, cancellationToken);
}

file static class Sql
{
    public const string Variants = "SELECT code FROM journeys_journeys WHERE variant_of = @Code AND removed = 0 ORDER BY code";

    public const string Remove = "UPDATE journeys_journeys SET removed = 1, updated_at = @Now, updated_by = @By WHERE id = @Id";

    public const string Revoke = "UPDATE journeys_shares SET revoked_at = @Now WHERE journey_id = @Id AND revoked_at IS NULL";
}
