using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Journeys.StartJourney;

/// <summary>Starts a journey by form: an empty one, or a variant that begins as a copy of what it varies.</summary>
/// <param name="VariantOf">Null for a journey that stands by itself.</param>
[Access(Staff = Roles.Programme)]
sealed record Request(string Code, Wording Name, string? VariantOf = null, string? Channel = null, string? Product = null) : IRequest<Response>;

sealed record Response(string Code);

sealed class Module : Routes
{
    public Module()
    {
        Get("/journeys/new", (string? variantOf, Db db, Caller caller, Texts texts) => Page.Of(View.Of(Form.Of(("variantOf", variantOf)), db, caller, texts)))
            .Sends<Request>();

        Post("/journeys/new", (IFormCollection form, IMediator mediator, Db db, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    var (en, zh) = (Text(form, "name.en"), Text(form, "name.zh-CN"));
                    var made = await mediator.Send(new Request(
                        Text(form, "code"), new Wording(en.Length > 0 ? en : zh, zh.Length > 0 ? zh : en), Text(form, "variantOf") is { Length: > 0 } of ? of : null, Text(form, "channel"), Text(form, "product")), ct);
                    return $"/journeys/{Uri.EscapeDataString(made.Code)}?mode=edit&done=created";
                },
                again: refused => Task.FromResult<object>(View.Of(refused, db, caller, texts))))
            .Sends<Request>();
    }

    static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}

/// <summary>The page.</summary>
/// <param name="Base">The name of what it is to be a variant of; null for a journey that stands by itself.</param>
sealed record View(Form Form, string? Base, string VariantOf, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static View Of(Form form, Db db, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Journeys/StartJourney");
        var of = form.Value("variantOf");
        var name = of.Length == 0 ? null : db.Read(reader => JourneyStore.Get(reader, of)).Read().Name.In(caller.Language);
        return new View(form, name, of, [new NavigationEntry(words["section"], "/journeys"), new NavigationEntry(words[name is null ? "title" : "title.variant"], "", Current: true)]);
    }
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
        if (JourneyStore.Find(tx, request.Code) is not null)
            throw Problem.Rule("/code", "taken", ("There is, or was, a journey of this code. Choose another.", "该代码已被使用（含已删除的旅程），请换一个。"));
        var stages = request.VariantOf is { } of ? JourneyStore.Get(tx, of).Read().Stages : [];
        var variant = request.VariantOf is null ? null : new Variant(request.Channel, request.Product);
        try
        {
            JourneyStore.Save(tx, caller, request.Code, new Journey(request.Name, stages, VariantOf: request.VariantOf, Variant: variant), null);
        }
        catch (Problem problem) when (problem.Errors.Any(error => error.Pointer is "/variant" or "/variantOf"))
        {
            throw Problem.Rules([.. problem.Errors.Select(error => error with { Pointer = error.Pointer is "/variant" ? "/channel" : error.Pointer })]);
        }
        return new Response(request.Code);
    }, cancellationToken);
}
