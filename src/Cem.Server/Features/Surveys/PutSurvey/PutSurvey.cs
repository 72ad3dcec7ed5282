using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Cem.Server.Features.Surveys.PutSurvey;

/// <summary>
/// Saves the draft of a survey, by the caller's code. Nobody is asked by a draft: people get the newest published
/// version. A definition with faults is refused with all of them.
/// </summary>
/// <param name="IfMatch">The tag of the draft that the change was made on; null to put it whatever is there.</param>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(string Code, JsonElement Definition, string? IfMatch = null) : IRequest<Response>;

/// <param name="Created">Whether it was new.</param>
/// <param name="Revision">Grows when the draft changes.</param>
/// <param name="PublishedVersion">The newest frozen version; null for none.</param>
sealed record Response(string Code, bool Created, long Revision, int? PublishedVersion);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/surveys/{code}", async (string code, JsonElement body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpResponse http, IMediator mediator, CancellationToken ct) =>
            {
                var response = await mediator.Send(new Request(code, body, ifMatch), ct);
                http.Headers.ETag = ETags.Of(response.Revision);
                return response.Created
                    ? Results.Created($"/api/v1/surveys/{Uri.EscapeDataString(code)}", response)
                    : Results.Ok(response);
            })
            .Sends<Request>()
            .Answers<Response>(StatusCodes.Status200OK)
            .Answers<Response>(StatusCodes.Status201Created)
            .Summary("Put a survey's draft")
            .Describe("201 when it is new, 200 when it was there. Repeating it changes nothing. With If-Match, 412 when the draft has changed since. All faults of a definition are reported at once, each by its pointer.")
            .Example("""
                {"title": {"en": "Our help on your trip", "zh-CN": "客服与改退体验"}, "kind": "touchpoint", "minutes": 1, "pages": [{"questions": [
                  {"id": "support_csat", "type": "csat", "scale": 3, "text": {"en": "How satisfied are you with our help?", "zh-CN": "您对这次服务满意吗？"}, "required": true},
                  {"id": "nps", "type": "nps", "text": {"en": "How likely are you to recommend us?", "zh-CN": "您有多大可能推荐我们？"}, "followUps": true},
                  {"id": "why", "type": "longText", "text": {"en": "What should we do better?", "zh-CN": "我们应当改进什么？"}, "showWhen": {"question": "support_csat", "atMost": 2}}]}]}
                """);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator() => RuleFor(request => request.Code).NotEmpty().MaximumLength(64).Matches("^[A-Za-z0-9][A-Za-z0-9._-]*$").NotEqual("new");
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var (definition, errors) = SurveyDefinition.Read(request.Definition);
        if (definition is null)
            throw Problem.Rules(errors);
        return db.Write(tx =>
        {
            var (draft, created) = Drafts.Save(tx, caller, request.Code, definition, request.IfMatch);
            return new Response(request.Code, created, draft.Revision, draft.PublishedVersion);
        }, cancellationToken);
    }
}
