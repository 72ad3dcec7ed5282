using System.Text.Json;
using Cem.Kernel.Web;

namespace Cem.Server.Questionnaires;

/// <summary>Reads a survey's definition and writes down everything that is wrong with it.</summary>
sealed class DefinitionReader
{
    const int MostPages = 20;
    const int MostQuestionsOfPage = 40;
    const int LongestTitle = 200;
    const int LongestText = 500;
    const int LongestParagraph = 2000;

    readonly List<FieldError> errors = [];
    readonly Dictionary<string, Question> earlier = new(StringComparer.Ordinal);

    public IReadOnlyList<FieldError> Errors => errors;

    public SurveyDefinition Read(JsonElement json, string pointer)
    {
        var fields = new Fields(json, pointer, errors);
        var definition = new SurveyDefinition(
            Title: fields.Words("title", LongestTitle, required: true) ?? default,
            Kind: fields.Choice("kind", ["touchpoint", "relationship"]) == "relationship" ? SurveyKind.Relationship : SurveyKind.Touchpoint,
            Intro: fields.Words("intro", LongestParagraph),
            Thanks: fields.Words("thanks", LongestParagraph),
            Minutes: fields.Number("minutes", 1, 60),
            Pages: [.. fields.List("pages", 1, MostPages).Select(ReadPage)]);
        fields.Close();
        return definition;
    }

    SurveyPage ReadPage(Fields fields)
    {
        var title = fields.Words("title", LongestTitle);
        var questions = new List<Question>();
        foreach (var entry in fields.List("questions", 1, MostQuestionsOfPage))
            if (ReadQuestion(entry) is { } question)
                questions.Add(question);
        fields.Close();
        return new SurveyPage(title, questions);
    }

    Question? ReadQuestion(Fields fields)
    {
        var id = fields.Code("id");
        var name = fields.Choice("type", QuestionTypes.Names);
        var text = fields.Words("text", LongestText, required: true) ?? default;
        var hint = fields.Words("hint", LongestText);
        var required = fields.Flag("required");
        var notApplicable = fields.Flag("notApplicable");
        var showWhen = ReadCondition(fields);
        // Which further fields there may be is known only to a type.
        if (name is null || QuestionTypes.Find(name) is not { } type)
            return null;
        var question = type.Read(new QuestionHead(type, id, text, hint, required, notApplicable, showWhen), fields);
        fields.Close();
        if (id.Length > 0)
            foreach (var each in question.FollowUps.Prepend(question))
                if (!earlier.TryAdd(each.Id, each))
                    fields.Fault("id", "taken", ($"There are two questions '{each.Id}'.", $"题目代码“{each.Id}”重复。"));
        return question;
    }

    Condition? ReadCondition(Fields question)
    {
        if (question.Object("showWhen") is not { } fields)
            return null;
        var id = fields.String("question", required: true);
        var given = Comparison.Names.Where(fields.Has).ToList();
        fields.Close();
        if (given.Count != 1)
            fields.Fault("", "comparison", ($"Exactly one of these is needed: {string.Join(", ", Comparison.Names)}.", $"须且只能有以下之一：{string.Join("、", Comparison.Names)}。"));
        if (id is null)
            return null;
        if (!earlier.TryGetValue(id, out var other))
        {
            fields.Fault("question", "not-earlier", ($"'{id}' is not an earlier question of this survey.", $"“{id}”不是本问卷中更靠前的题目。"));
            return null;
        }
        return given.Count == 1 ? ReadComparison(fields, other, Comparison.All[given[0]]) : null;
    }

    static Condition? ReadComparison(Fields fields, Question other, Comparison comparison)
    {
        if (!other.Comparisons.Contains(comparison))
        {
            var possible = other.Comparisons.Select(one => one.Name).ToList();
            fields.Fault(comparison.Name, "comparison", possible.Count == 0
                ? ($"Nothing can depend on '{other.Id}': its answers are free.", $"“{other.Id}”为开放题，不能作为显示条件。")
                : ($"The answers to '{other.Id}' can be compared by {string.Join(", ", possible)}.", $"“{other.Id}”的答案可用的比较方式：{string.Join("、", possible)}。"));
            return null;
        }
        if (other.ReadOperand(fields.Raw(comparison.Name)) is { } value)
            return new Condition(other.Id, comparison, value);
        fields.Fault(comparison.Name, "value", ($"No answer to '{other.Id}' has this value.", $"“{other.Id}”没有这样的答案。"));
        return null;
    }
}
