using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.Journeys.PutTouchpoint;

/// <summary>
/// Puts a touchpoint, by the caller's code: a place where a customer meets us, on which surveys and events hang.
/// </summary>
/// <param name="Order">Where it stands on the customer's way.</param>
[Access(Keys = [Scopes.SurveysWrite], Staff = Roles.Programme)]
sealed record Request(Wording Name, int Order) : IRequest<Response>
{
    [JsonIgnore]
    public string Code { get; init; } = "";
}

/// <param name="Created">Whether it was new.</param>
sealed record Response(string Code, bool Created);

sealed class Module : Routes
{
    public Module() =>
        Put("/api/v1/touchpoints/{code}", async Task<Results<Ok<Response>, Created<Response>>> (string code, Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body with { Code = code }, ct) is var response && response.Created
                    ? TypedResults.Created($"/api/v1/touchpoints/{Uri.EscapeDataString(code)}", response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Put a touchpoint")
            .Describe("201 when it is new, 200 when it was there. Repeating it changes nothing.")
            .Example("""{"name": {"en": "Traveller support", "zh-CN": "出行客服"}, "order": 9}""");
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator()
    {
        RuleFor(request => request.Code).NotEmpty().MaximumLength(64).Matches("^[A-Za-z0-9._-]+$");
        RuleFor(request => request.Name.En).NotEmpty().MaximumLength(100);
        RuleFor(request => request.Name.Zh).NotEmpty().MaximumLength(100).OverridePropertyName("name.zh-CN");
        RuleFor(request => request.Order).InclusiveBetween(0, 10_000);
    }
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var created = !tx.Single<bool>(Sql.Exists, new { request.Code });
        tx.Execute(Sql.Put, new { request.Code, request.Name.En, request.Name.Zh, request.Order, tx.Now });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), created ? "touchpoint.created" : "touchpoint.changed", request.Code, Json.Write(new { request.Name.En, request.Name.Zh, request.Order })));
        return new Response(request.Code, created);
    }, cancellationToken);
}

file static class Sql
{
    public const string Exists = "SELECT EXISTS (SELECT 1 FROM journeys_touchpoints WHERE code = @Code)";

    public const string Put = """
        INSERT INTO journeys_touchpoints (code, name_en, name_zh, sort, updated_at) VALUES (@Code, @En, @Zh, @Order, @Now)
        ON CONFLICT (code) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh, sort = excluded.sort, updated_at = excluded.updated_at
        """;
}
