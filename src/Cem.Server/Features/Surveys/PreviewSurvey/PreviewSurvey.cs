using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;
using MediatR;

namespace Cem.Server.Features.Surveys.PreviewSurvey;

/// <summary>The draft as people will meet it on a phone, in both languages side by side, with every question shown.</summary>
[Access(Staff = Roles.All)]
sealed record Request(string Code) : IRequest<Response>;

/// <param name="Definition">The draft in its canonical form.</param>
sealed record Response(string Definition);

sealed class Module : Routes
{
    public Module()
    {
        Get("/surveys/{code}/preview", async (string code, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
                Page.Of(View.Of(code, Questionnaire.Of((await mediator.Send(new Request(code), ct)).Definition), texts.For(caller.Language, "Surveys/PreviewSurvey"))))
            .Sends<Request>();

        Get("/survey-preview.css", (Templates templates, PageContext page, Caller caller) =>
                TypedResults.Text(PhoneStyle.Of(templates.Render("surveyStyle", new object(), page.For(caller.Language))), "text/css; charset=utf-8"))
            .Sends<Request>();
    }
}

/// <summary>The survey page's own style, kept inside the phones: what is shown there is what people get.</summary>
static class PhoneStyle
{
    public static string Of(string surveyStyle) =>
        $".phone{{{surveyStyle.Replace(":root{", "&{", StringComparison.Ordinal).Replace("body{", "&{", StringComparison.Ordinal)}}}";
}

/// <summary>The page.</summary>
sealed record View(string Code, IReadOnlyList<NavigationEntry> Breadcrumb, IReadOnlyList<ViewPhone> Phones)
{
    public static View Of(string code, Questionnaire questionnaire, ScopedTexts words) => new(
        code,
        [new NavigationEntry(words["section"], "/surveys"), new NavigationEntry(code, $"/surveys/{code}"), new NavigationEntry(words["title"], "", Current: true)],
        [.. Languages.All.Select(language => ViewPhone.Of(questionnaire, language))]);
}

/// <param name="Language">In which it is shown.</param>
sealed record ViewPhone(string Language, string Title, string? Intro, string? Thanks, IReadOnlyList<ViewStep> Steps)
{
    public static ViewPhone Of(Questionnaire questionnaire, string language)
    {
        var definition = questionnaire.Definition;
        var nothing = new Answers(questionnaire);
        return new ViewPhone(language, definition.Title.In(language), definition.Intro?.In(language), definition.Thanks?.In(language),
            [.. questionnaire.Steps.Select(step => new ViewStep(step.Number + 1, questionnaire.Steps.Count, step.Title?.In(language),
                [.. step.Questions.Select(question => new ViewQuestion(question.Head.ShowWhen is not null, question.View(new ViewContext(language, nothing, Prefix: language + "-"))))]))]);
    }
}

sealed record ViewStep(int Number, int Of, string? Title, IReadOnlyList<ViewQuestion> Questions);

/// <param name="Conditional">Whether only some people see it.</param>
sealed record ViewQuestion(bool Conditional, QuestionView Question);

sealed class Handler(Db db) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) =>
        Task.FromResult(new Response(db.Read(reader => Drafts.Get(reader, request.Code)).Definition));
}
