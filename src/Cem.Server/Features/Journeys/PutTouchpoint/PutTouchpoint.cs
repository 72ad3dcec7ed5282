using System.Globalization;
using System.Text.Json.Serialization;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
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

    /// <summary>Refuses a code that is taken, as the form for a new one does.</summary>
    [JsonIgnore]
    public bool Fresh { get; init; }
}

/// <param name="Created">Whether it was new.</param>
sealed record Response(string Code, bool Created);

/// <summary>A touchpoint as it is, for its form, with everything that uses it.</summary>
[Access(Staff = Roles.Programme)]
sealed record FormRequest(string Code) : IRequest<FormResponse>;

sealed record FormResponse(Wording Name, int Order, IReadOnlyList<Wording> Uses);

sealed class Module : Routes
{
    public Module()
    {
        Put("/api/v1/touchpoints/{code}", async Task<Results<Ok<Response>, Created<Response>>> (string code, Request body, IMediator mediator, CancellationToken ct) =>
                await mediator.Send(body with { Code = code }, ct) is var response && response.Created
                    ? TypedResults.Created($"/api/v1/touchpoints/{Uri.EscapeDataString(code)}", response)
                    : TypedResults.Ok(response))
            .Sends<Request>()
            .Summary("Put a touchpoint")
            .Describe("201 when it is new, 200 when it was there. Repeating it changes nothing.")
            .Example("""{"name": {"en": "Traveller support", "zh-CN": "出行客服"}, "order": 9}""");

        Get("/touchpoints/new", (Caller caller, Texts texts) => Page.Of(View.Of(null, Form.Of(("order", "0")), [], caller, texts)))
            .Sends<Request>();

        Post("/touchpoints/new", (IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: () => Save(mediator, form["code"].ToString().Trim(), form, fresh: true, ct),
                again: refused => Task.FromResult<object>(View.Of(null, refused, [], caller, texts))))
            .Sends<Request>();

        Get("/touchpoints/{code}", async (string code, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
                await mediator.Send(new FormRequest(code), ct) is var found ? Page.Of(View.Of(code, Form.Of(("name.en", found.Name.En), ("name.zh-CN", found.Name.Zh), ("order", found.Order)), found.Uses, caller, texts)) : null)
            .Sends<FormRequest>();

        Post("/touchpoints/{code}", (string code, IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(new FormRequest(code), ct);
                    return await Save(mediator, code, form, fresh: false, ct);
                },
                again: async refused => View.Of(code, refused, (await mediator.Send(new FormRequest(code), ct)).Uses, caller, texts)))
            .Sends<Request>();
    }

    static async Task<string> Save(IMediator mediator, string code, IFormCollection form, bool fresh, CancellationToken ct)
    {
        var (en, zh) = (form["name.en"].ToString().Trim(), form["name.zh-CN"].ToString().Trim());
        var order = int.TryParse(form["order"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        await mediator.Send(new Request(new Wording(en.Length > 0 ? en : zh, zh.Length > 0 ? zh : en), order) { Code = code, Fresh = fresh }, ct);
        return "/touchpoints?done=saved";
    }
}

/// <summary>The page.</summary>
/// <param name="Code">Null for a new one.</param>
/// <param name="Uses">What uses it, in words; it can be deleted when nothing does.</param>
sealed record View(string? Code, string Address, Form Form, IReadOnlyList<string> Uses, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static View Of(string? code, Form form, IReadOnlyList<Wording> uses, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Journeys/PutTouchpoint");
        return new View(
            code, $"/touchpoints/{code ?? "new"}", form, [.. uses.Select(use => use.In(caller.Language))],
            [new NavigationEntry(words["section"], "/journeys"), new NavigationEntry(words["touchpoints"], "/touchpoints"), new NavigationEntry(code ?? words["title.new"], "", Current: true)]);
    }
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
        if (request.Fresh && (!created || request.Code == "new"))
            throw Problem.Rule("/code", "taken", ("There is a touchpoint of this code already.", "该代码的触点已存在。"));
        tx.Execute(Sql.Put, new { request.Code, request.Name.En, request.Name.Zh, request.Order, tx.Now });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), created ? "touchpoint.created" : "touchpoint.changed", request.Code, Json.Write(new { request.Name.En, request.Name.Zh, request.Order })));
        return new Response(request.Code, created);
    }, cancellationToken);
}

sealed class FormHandler(Db db) : IRequestHandler<FormRequest, FormResponse>
{
    public Task<FormResponse> Handle(FormRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var row = reader.Find<Row>(Sql.Find, new { request.Code })
            ?? throw Problem.NotFound("touchpoint-not-found", ($"There is no touchpoint '{request.Code}'.", $"触点“{request.Code}”不存在。"));
        return new FormResponse(new Wording(row.NameEn, row.NameZh), row.Sort, TouchpointUses.Of(reader, request.Code));
    }));
}

file sealed record Row(string NameEn, string NameZh, int Sort);

file static class Sql
{
    public const string Find = "SELECT name_en, name_zh, sort FROM journeys_touchpoints WHERE code = @Code";

    public const string Exists = "SELECT EXISTS (SELECT 1 FROM journeys_touchpoints WHERE code = @Code)";

    public const string Put = """
        INSERT INTO journeys_touchpoints (code, name_en, name_zh, sort, updated_at) VALUES (@Code, @En, @Zh, @Order, @Now)
        ON CONFLICT (code) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh, sort = excluded.sort, updated_at = excluded.updated_at
        """;
}
