using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.Journeys.PutJourney;

/// <summary>
/// Puts a whole journey with its service blueprint, by the caller's code. What it was stays in its history; all that is wrong
/// is named at once, each by its pointer.
/// </summary>
/// <param name="IfMatch">The tag of the revision that the change was made on; null to put it whatever is there.</param>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(string Code, Journey Journey, string? IfMatch = null) : IRequest<Response>;

/// <param name="Created">Whether it was new.</param>
/// <param name="Revision">Grows when the journey changes.</param>
sealed record Response(string Code, bool Created, long Revision);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/journeys/{code}", async (string code, Journey body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(code, body, ifMatch), ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response.Created
                    ? Results.Created($"/api/v1/journeys/{Uri.EscapeDataString(code)}", response)
                    : Results.Ok(response);
            })
            .Sends<Request>()
            .Answers<Response>(StatusCodes.Status200OK)
            .Answers<Response>(StatusCodes.Status201Created)
            .Summary("Put a journey")
            .Describe("Stages, scenes with their touchpoints, and the service blueprint below each stage; `emotion` runs from -2 to 2. A variant names the journey it varies and a channel or product. 201 when it is new, 200 when it was there; repeating it changes nothing. With If-Match, 412 when it has changed since. Touchpoints and indicators must be there.")
            .Example("""
                {"name": {"en": "Getting help", "zh-CN": "求助旅程"}, "stages": [{"code": "help", "name": {"en": "Get help", "zh-CN": "求助"},
                  "goals": {"en": "Have it solved today", "zh-CN": "当天解决"}, "scenes": [{"code": "call", "name": {"en": "Call", "zh-CN": "来电"},
                  "actions": {"en": "Calls from the airport", "zh-CN": "在机场打电话"}, "emotion": -1, "momentThatMatters": true, "touchpoints": []}],
                  "blueprint": {"frontStage": [{"node": {"en": "Take the call", "zh-CN": "接听"}, "role": {"en": "Agent", "zh-CN": "客服"}, "action": {"en": "Owns the case to the end", "zh-CN": "首问负责"}, "channel": "phone"}]}}]}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator() => RuleFor(request => request.Code).Must(JourneyRules.IsCode)
        .Says("code", ("A code has 1 to 64 letters, digits, '.', '-' or '_', begins with a letter or digit, and is not 'new', 'import' or 'shared'.", "代码由 1 到 64 个字母、数字、“.”、“-”或“_”组成，以字母或数字开头，且不能是 new、import 或 shared。"));
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var (journey, created) = JourneyStore.Save(tx, caller, request.Code, request.Journey, request.IfMatch);
        return new Response(request.Code, created, journey.Revision);
    }, cancellationToken);
}
