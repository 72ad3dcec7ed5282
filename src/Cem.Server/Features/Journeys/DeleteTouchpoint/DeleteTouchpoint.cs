using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Journeys.DeleteTouchpoint;

/// <summary>
/// Deletes a touchpoint that nothing hangs on. One in use is refused, and everything that uses it is named; what customers
/// said there counts as use, for it would lose its name.
/// </summary>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(string Code) : IRequest<Response>;

sealed record Response;

sealed class Module : Routes
{
    public Module()
    {
        Delete("/api/v1/touchpoints/{code}", async Task<NoContent> (string code, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(code), ct);
                return TypedResults.NoContent();
            })
            .Sends<Request>()
            .Summary("Delete a touchpoint")
            .Describe("409 with everything that uses it while it is in use: journeys, cells of the survey matrix, indicators, responses, events.");

        Post("/touchpoints/{code}/delete", async (string code, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Request(code), ct);
                return TypedResults.LocalRedirect("/touchpoints?done=deleted");
            })
            .Sends<Request>();
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        if (!tx.Single<bool>(Sql.Exists, new { request.Code }))
            throw Problem.NotFound("touchpoint-not-found", ($"There is no touchpoint '{request.Code}'.", $"触点“{request.Code}”不存在。"));
        var uses = TouchpointUses.Of(tx, request.Code);
        if (uses.Count > 0)
            throw Problem.Conflict("touchpoint-in-use", (
                $"The touchpoint '{request.Code}' is in use: {string.Join("; ", uses.Select(use => use.En))}.", $"触点“{request.Code}”正在使用：{string.Join("；", uses.Select(use => use.Zh))}。"));
        tx.Execute(Sql.Delete, new { request.Code });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "touchpoint.deleted", request.Code));
        return new Response();
    }, cancellationToken);
}

file static class Sql
{
    public const string Exists = "SELECT EXISTS (SELECT 1 FROM journeys_touchpoints WHERE code = @Code)";

    public const string Delete = "DELETE FROM journeys_touchpoints WHERE code = @Code";
}
