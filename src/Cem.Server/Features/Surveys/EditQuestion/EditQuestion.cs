using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using MediatR;

namespace Cem.Server.Features.Surveys.EditQuestion;

/// <summary>
/// Adds, changes, moves or removes one question of a draft by form. The whole definition is checked each time, so that no
/// later question is left depending on what is gone.
/// </summary>
/// <param name="Definition">The draft with the change.</param>
/// <param name="Place">The pointer of the question in it; faults inside come back as faults of the form's fields.</param>
/// <param name="IfMatch">The tag of the draft that the form showed.</param>
[Access(Staff = Roles.Programme)]
sealed record Request(string Code, JsonElement Definition, string Place, string IfMatch) : IRequest<Response>;

sealed record Response;

/// <summary>The draft as it is, for the form.</summary>
[Access(Staff = Roles.Programme)]
sealed record FormRequest(string Code) : IRequest<Draft>;

sealed class Module : Routes
{
    public Module()
    {
        Get("/surveys/{code}/questions/new", async (string code, int? page, string? type, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var draft = DraftQuestions.Of(await mediator.Send(new FormRequest(code), ct));
                return type is not null && QuestionTypes.Find(type) is { } known
                    ? Page.Of(View.New(code, draft, page ?? 0, known, QuestionForm.Empty(draft), caller, texts))
                    : Page.Of(TypesView.Of(code, page ?? 0, caller, texts), "ChooseType");
            })
            .Sends<FormRequest>();

        Post("/surveys/{code}/questions/new", async (string code, int page, string type, IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var draft = DraftQuestions.Of(await mediator.Send(new FormRequest(code), ct));
                var known = QuestionTypes.Find(type) ?? throw Problem.NotFound("question-type-not-found", ("There is no such type of question.", "没有该题型。"));
                return await Page.Submit(form, caller,
                    act: () => Save(mediator, code, draft.Add(page, QuestionForm.Read(form, known, null)), form, "saved", ct),
                    again: refused => Task.FromResult<object>(View.New(code, draft, page, known, refused, caller, texts)));
            })
            .Sends<Request>();

        Get("/surveys/{code}/questions/{id}", async (string code, string id, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var draft = DraftQuestions.Of(await mediator.Send(new FormRequest(code), ct));
                return Page.Of(View.Of(code, draft, id, QuestionForm.Fill(draft, id), caller, texts));
            })
            .Sends<FormRequest>();

        Post("/surveys/{code}/questions/{id}", async (string code, string id, IFormCollection form, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var draft = DraftQuestions.Of(await mediator.Send(new FormRequest(code), ct));
                return await Page.Submit(form, caller,
                    act: () => Save(mediator, code, draft.Change(id, form), form, form["act"] == "remove" ? "removed" : "saved", ct),
                    again: refused => Task.FromResult<object>(View.Of(code, DraftQuestions.Of(draft.Draft), id, refused.Values("id").Count > 0 ? refused : QuestionForm.Fill(draft, id).With(refused.Errors), caller, texts)));
            })
            .Sends<Request>();
    }

    static async Task<string> Save(IMediator mediator, string code, Change change, IFormCollection form, string done, CancellationToken ct)
    {
        await mediator.Send(new Request(code, JsonSerializer.SerializeToElement(change.Definition), change.Place, form["ifMatch"].ToString()), ct);
        return $"/surveys/{Uri.EscapeDataString(code)}?done={done}";
    }
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
            throw Problem.Rules([.. errors.Select(error => QuestionForm.AtField(error, request.Place, request.Definition))]);
        return db.Write(tx =>
        {
            Drafts.Save(tx, caller, request.Code, definition, request.IfMatch);
            return new Response();
        }, cancellationToken);
    }
}
