using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Html;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Surveys.EditQuestion;

/// <summary>Between the fields of the form and the JSON of one question. What is wrong is said by the definition's own check.</summary>
static class QuestionForm
{
    static readonly string[] Words = ["text", "hint"];

    public static Form Empty(DraftQuestions draft) => Form.Of(("ifMatch", ETags.Of(draft.Draft.Revision)), ("scale", "5"), ("id", ""));

    public static Form Fill(DraftQuestions draft, string id)
    {
        var question = draft.Get(id);
        var condition = question["showWhen"]?.AsObject();
        var comparison = condition?.FirstOrDefault(field => field.Key != "question");
        return Form.Of([
            ("ifMatch", ETags.Of(draft.Draft.Revision)), ("id", id), ("required", Flag("required")), ("notApplicable", Flag("notApplicable")), ("followUps", Flag("followUps")),
            ("scale", (int?)question["scale"]), ("satisfied", string.Join(", ", question["satisfied"]?.AsArray().Select(one => (int)one!) ?? [])),
            ("maxLength", (int?)question["maxLength"]), ("options", string.Join('\n', question["options"]?.AsArray().Select(Line) ?? [])),
            ("showWhen.question", (string?)condition?["question"]), ("showWhen.comparison", comparison?.Key), ("showWhen.value", comparison?.Value?.ToString()),
            .. Words.SelectMany(name => Languages.All.Select(language => ($"{name}.{language}", (object?)(string?)question[name]?[language]))),
        ]);

        string Flag(string name) => (bool?)question[name] == true ? "true" : "";
    }

    /// <summary>The question that the fields describe.</summary>
    /// <param name="before">The question as it was; null for a new one.</param>
    public static JsonObject Read(IFormCollection form, IQuestionType type, JsonObject? before)
    {
        var question = new JsonObject { ["id"] = (string?)before?["id"] ?? Text(form, "id"), ["type"] = type.Name };
        foreach (var name in Words)
            if (Languages.All.Any(language => Text(form, $"{name}.{language}").Length > 0) || name == "text")
                question[name] = new JsonObject([.. Languages.All.Select(language => KeyValuePair.Create(language, (JsonNode?)Text(form, $"{name}.{language}")))]);
        question["required"] = form["required"].Count > 0;
        foreach (var setting in type.Settings)
            question[setting] = Settings[setting](Text(form, setting));
        if (Text(form, "showWhen.question") is { Length: > 0 } other)
            question["showWhen"] = new JsonObject { ["question"] = other, [Text(form, "showWhen.comparison")] = Value(Text(form, "showWhen.value")) };
        return question;
    }

    /// <summary>A fault of the definition as a fault of the form's field, or of the form where it lies elsewhere.</summary>
    public static FieldError AtField(FieldError error, string place, JsonElement definition)
    {
        if (place.Length > 0 && error.Pointer.StartsWith(place + "/", StringComparison.Ordinal))
        {
            var inside = error.Pointer[place.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
            return inside[0] switch
            {
                "options" => error with { Pointer = "/options", Message = inside.Length > 1 ? At(inside[1], error.Message) : error.Message },
                "showWhen" when inside is [_, var field] && field != "question" => error with { Pointer = "/showWhen/value" },
                "showWhen" => error with { Pointer = "/showWhen/question" },
                _ => error with { Pointer = error.Pointer[place.Length..] },
            };
        }
        return error with { Pointer = "", Message = Elsewhere(error, definition) };

        static Say At(string index, Say message) => int.Parse(index, CultureInfo.InvariantCulture) + 1 is var line ? ($"Line {line}: {message.En}", $"第 {line} 行：{message.Zh}") : message;
    }

    // One setting, one reader; which of them a type has, the type says.
    static readonly Dictionary<string, Func<string, JsonNode?>> Settings = new(StringComparer.Ordinal)
    {
        ["notApplicable"] = text => text.Length > 0,
        ["followUps"] = text => text.Length > 0,
        ["scale"] = Number,
        ["maxLength"] = text => text.Length == 0 ? null : Number(text),
        ["satisfied"] = text => text.Length == 0 ? null : new JsonArray([.. text.Split([',', '，', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Number)]),
        ["options"] = text => new JsonArray([.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Option)]),
    };

    static JsonNode Option(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        return new JsonObject
        {
            ["code"] = parts[0],
            ["text"] = new JsonObject { [Languages.English] = parts.ElementAtOrDefault(1) ?? "", [Languages.Chinese] = parts.ElementAtOrDefault(2) ?? "" },
        };
    }

    static string Line(JsonNode? option) => $"{option!["code"]} | {option["text"]![Languages.English]} | {option["text"]![Languages.Chinese]}";

    static JsonNode Value(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text;

    static JsonNode? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text;

    static string Text(IFormCollection form, string name) => form[name].ToString().Trim();

    static Say Elsewhere(FieldError error, JsonElement definition)
    {
        var steps = error.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var id = steps is ["pages", var page, "questions", var index, ..]
            ? definition.GetProperty("pages")[int.Parse(page, CultureInfo.InvariantCulture)].GetProperty("questions")[int.Parse(index, CultureInfo.InvariantCulture)].GetProperty("id").GetString()
            : error.Pointer;
        return ($"This does not go: '{id}' would be left wrong. {error.Message.En}", $"无法这样修改：“{id}”会因此出错。{error.Message.Zh}");
    }
}
