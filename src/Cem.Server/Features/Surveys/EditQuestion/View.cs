using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Surveys.EditQuestion;

/// <summary>The form of one question.</summary>
/// <param name="Id">Null for a new one.</param>
/// <param name="Has">Which settings the type has.</param>
/// <param name="Earlier">The questions that it may depend on.</param>
sealed record View(
    string Code, string? Id, string Address, string Action, string IfMatch, string Type, Form Form, IReadOnlyDictionary<string, bool> Has,
    IReadOnlyList<Option> Earlier, IReadOnlyList<Option> Comparisons, IReadOnlyList<Option> Scales, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    static readonly string[] Settings = ["notApplicable", "followUps", "scale", "satisfied", "options", "maxLength"];

    public static View New(string code, DraftQuestions draft, int page, IQuestionType type, Form form, Caller caller, Texts texts) =>
        Make(code, null, $"/surveys/{code}/questions/new?page={page}&type={type.Name}", type, form, draft.Definition.Questions, caller, texts);

    public static View Of(string code, DraftQuestions draft, string id, Form form, Caller caller, Texts texts)
    {
        var type = QuestionTypes.Find((string)draft.Get(id)["type"]!)!;
        return Make(code, id, $"/surveys/{code}/questions/{id}", type, form, draft.Definition.Questions.TakeWhile(question => question.Id != id), caller, texts);
    }

    static View Make(string code, string? id, string action, IQuestionType type, Form form, IEnumerable<Question> earlier, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Surveys/EditQuestion");
        return new View(
            code, id, $"/surveys/{code}", action, form.Value("ifMatch"), type.Label.In(caller.Language), form,
            Settings.ToDictionary(setting => setting, type.Settings.Contains),
            [new Option("", words["always"]), .. earlier.Where(question => question.Comparisons.Count > 0).Select(question => new Option(question.Id, $"{question.Id}: {question.Head.Text.In(caller.Language)}"))],
            [.. Comparison.Names.Select(name => new Option(name, words["comparison." + name]))],
            [new Option("3", words["scale.3"]), new Option("5", words["scale.5"])],
            [new NavigationEntry(words["section"], "/surveys"), new NavigationEntry(code, $"/surveys/{code}"), new NavigationEntry(id ?? words["title.new"], action, Current: true)]);
    }
}

/// <summary>The choice of a type, before the form of a new question.</summary>
sealed record TypesView(string Code, IReadOnlyList<NavigationEntry> Types, IReadOnlyList<NavigationEntry> Breadcrumb)
{
    public static TypesView Of(string code, int page, Caller caller, Texts texts)
    {
        var words = texts.For(caller.Language, "Surveys/EditQuestion");
        return new TypesView(
            code,
            [.. QuestionTypes.Names.Select(name => new NavigationEntry(QuestionTypes.Find(name)!.Label.In(caller.Language), $"/surveys/{code}/questions/new?page={page}&type={name}"))],
            [new NavigationEntry(words["section"], "/surveys"), new NavigationEntry(code, $"/surveys/{code}"), new NavigationEntry(words["title.new"], "", Current: true)]);
    }
}
