using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using FluentValidation;
using MediatR;

namespace Cem.Server.Features.Surveys.EditSurvey;

/// <summary>
/// Starts a survey or changes its draft by form: the words around the questions, or the whole definition as JSON. Questions
/// have a form of their own.
/// </summary>
/// <param name="IfMatch">The tag of the draft that the form showed; empty to start a new survey.</param>
[Access(Staff = Roles.Programme)]
sealed record Request(string Code, JsonElement Definition, string IfMatch) : IRequest<Response>;

sealed record Response(string Code);

/// <summary>The draft as it is, for the form.</summary>
[Access(Staff = Roles.Programme)]
sealed record FormRequest(string Code) : IRequest<Draft>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/surveys/new", (Caller caller, Texts texts) => Page.Of(View.New(Form.Of(("kind", "touchpoint")), caller, texts)))
            .Sends<FormRequest>();

        Post("/surveys/new", (IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: () => Save(mediator, form["code"].ToString().Trim(), DraftForm.Start(form), "", ct),
                again: refused => Task.FromResult<object>(View.New(refused, caller, texts))))
            .Sends<Request>();

        Get("/surveys/{code}/edit", async (string code, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
                await mediator.Send(new FormRequest(code), ct) is var draft ? Page.Of(View.Of(code, DraftForm.Fill(draft), caller, texts)) : null)
            .Sends<FormRequest>();

        Post("/surveys/{code}/edit", (string code, IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: async () => await Save(mediator, code, DraftForm.Change(await mediator.Send(new FormRequest(code), ct), form), form["ifMatch"].ToString(), ct),
                again: refused => Task.FromResult<object>(View.Of(code, refused, caller, texts))))
            .Sends<Request>();

        Get("/surveys/{code}/json", async (string code, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
                await mediator.Send(new FormRequest(code), ct) is var draft ? Page.Of(View.Of(code, DraftForm.FillJson(draft), caller, texts), "EditJson") : null)
            .Sends<FormRequest>();

        Post("/surveys/{code}/json", (string code, IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) => Page.Submit(form, caller,
                act: () => Save(mediator, code, DraftForm.Parse(form["definition"].ToString()), form["ifMatch"].ToString(), ct),
                again: refused => Task.FromResult<object>(View.Of(code, DraftForm.AtDefinition(refused), caller, texts)), "EditJson"))
            .Sends<Request>();
    }

    static async Task<string> Save(IMediator mediator, string code, JsonNode? definition, string ifMatch, CancellationToken ct)
    {
        await mediator.Send(new Request(code, JsonSerializer.SerializeToElement(definition), ifMatch), ct);
        return $"/surveys/{Uri.EscapeDataString(code)}?done=saved";
    }
}

/// <summary>The pages.</summary>
/// <param name="Code">Null for a new survey.</param>
sealed record View(string? Code, string Address, string IfMatch, Form Form, IReadOnlyList<Option> Kinds, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static View New(Form form, Caller caller, Texts texts) => Make(null, "/surveys/new", form, texts.For(caller.Language, "Surveys/EditSurvey"));

    public static View Of(string code, Form form, Caller caller, Texts texts) => Make(code, $"/surveys/{code}", form, texts.For(caller.Language, "Surveys/EditSurvey"));

    static View Make(string? code, string address, Form form, ScopedTexts words) => new(
        code, address, form.Value("ifMatch"), form, [new Option("touchpoint", words["kind.touchpoint"]), new Option("relationship", words["kind.relationship"])],
        [new NavigationEntry(words["section"], "/surveys"), .. code is null ? [] : new[] { new NavigationEntry(code, address) },
            new NavigationEntry(words[code is null ? "title.new" : "title"], address, Current: true)]);
}

sealed class Validator : AbstractValidator<Request>
{
    public Validator() => RuleFor(request => request.Code).NotEmpty().MaximumLength(64).Matches("^[A-Za-z0-9][A-Za-z0-9._-]*$").NotEqual("new");
}

sealed class FormHandler(Db db) : IRequestHandler<FormRequest, Draft>
{
    public Task<Draft> Handle(FormRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader => Drafts.Get(reader, request.Code)));
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
            if (request.IfMatch.Length > 0)
                Drafts.Save(tx, caller, request.Code, definition, request.IfMatch);
            else if (!Drafts.Save(tx, caller, request.Code, definition, null).Created)
                throw Problem.Rule("/code", "taken", ("There is a survey of this code already.", "该代码的问卷已存在。"));
            return new Response(request.Code);
        }, cancellationToken);
    }
}
