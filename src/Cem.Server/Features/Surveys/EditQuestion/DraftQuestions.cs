using System.Text.Json.Nodes;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Surveys.EditQuestion;

/// <summary>A changed definition, and the pointer of the question it is about.</summary>
sealed record Change(JsonNode Definition, string Place);

/// <summary>The questions of a draft as JSON, to be taken apart and put together again.</summary>
sealed class DraftQuestions
{
    readonly JsonObject json;

    DraftQuestions(Draft draft)
    {
        Draft = draft;
        json = JsonNode.Parse(draft.Definition)!.AsObject();
        Definition = SurveyDefinition.Stored(draft.Definition);
    }

    public Draft Draft { get; }

    public SurveyDefinition Definition { get; }

    JsonArray Pages => json["pages"]!.AsArray();

    public static DraftQuestions Of(Draft draft) => new(draft);

    /// <summary>The question as the author wrote it.</summary>
    /// <exception cref="Problem">404.</exception>
    public JsonObject Get(string id) => At(id).Question;

    /// <summary>The draft with one question more at the end of a page; a page beyond the last is a new one.</summary>
    public Change Add(int page, JsonObject question)
    {
        if (page < 0 || page >= Pages.Count)
        {
            page = Pages.Count;
            Pages.Add(new JsonObject { ["questions"] = new JsonArray() });
        }
        var questions = Questions(page);
        questions.Add(question);
        return new Change(json, $"/pages/{page}/questions/{questions.Count - 1}");
    }

    /// <summary>The draft after what the form's button says: <c>save</c>, <c>remove</c>, <c>up</c> or <c>down</c>.</summary>
    public Change Change(string id, IFormCollection form)
    {
        var (page, index, question) = At(id);
        var place = $"/pages/{page}/questions/{index}";
        var act = form["act"].ToString();
        if (act is "up" or "down")
        {
            Move(page, index, act == "up" ? -1 : 1);
            return new Change(json, "");
        }
        if (act == "remove")
        {
            Questions(page).RemoveAt(index);
            DropEmpty();
            return new Change(json, "");
        }
        Questions(page)[index] = QuestionForm.Read(form, QuestionTypes.Find((string)question["type"]!)!, question);
        return new Change(json, place);
    }

    // Over the edge of a page a question goes to the next one, or to a new last page.
    void Move(int page, int index, int by)
    {
        var questions = Questions(page);
        var question = questions[index];
        questions.RemoveAt(index);
        if (index + by >= 0 && index + by <= questions.Count)
            questions.Insert(index + by, question);
        else if (by < 0)
            Questions(Math.Max(0, page - 1)).Insert(page == 0 ? 0 : Questions(page - 1).Count, question);
        else
        {
            if (page + 1 == Pages.Count)
                Pages.Add(new JsonObject { ["questions"] = new JsonArray() });
            Questions(page + 1).Insert(0, question);
        }
        DropEmpty();
    }

    void DropEmpty()
    {
        for (var page = Pages.Count - 1; page >= 0 && Pages.Count > 1; page--)
            if (Questions(page).Count == 0)
                Pages.RemoveAt(page);
    }

    (int Page, int Index, JsonObject Question) At(string id)
    {
        for (var page = 0; page < Pages.Count; page++)
            for (var index = 0; index < Questions(page).Count; index++)
                if ((string?)Questions(page)[index]!["id"] == id)
                    return (page, index, Questions(page)[index]!.AsObject());
        throw Problem.NotFound("question-not-found", ($"The draft has no question '{id}'.", $"草稿中没有题目“{id}”。"));
    }

    JsonArray Questions(int page) => Pages[page]!["questions"]!.AsArray();
}
