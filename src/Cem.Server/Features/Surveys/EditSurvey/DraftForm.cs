using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Html;
using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Surveys.EditSurvey;

/// <summary>
/// Between the fields of the form and the draft's JSON. The form only makes the JSON: what is right and wrong is said by
/// the definition's own check, whose pointers are the names of the fields.
/// </summary>
static class DraftForm
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly string[] Words = ["title", "intro", "thanks"];

    public static Form Fill(Draft draft)
    {
        var json = JsonNode.Parse(draft.Definition)!;
        return Form.Of([
            ("ifMatch", ETags.Of(draft.Revision)), ("kind", (string?)json["kind"]), ("minutes", (int?)json["minutes"]),
            .. Words.SelectMany(name => Languages.All.Select(language => ($"{name}.{language}", (object?)(string?)json[name]?[language]))),
        ]);
    }

    public static Form FillJson(Draft draft) => Form.Of(
        ("ifMatch", ETags.Of(draft.Revision)), ("definition", JsonNode.Parse(draft.Definition)!.ToJsonString(Readable)));

    /// <summary>A new survey: the words of the form and a first question, for a survey without any is none.</summary>
    public static JsonObject Start(IFormCollection form)
    {
        var json = new JsonObject
        {
            ["pages"] = new JsonArray(new JsonObject
            {
                ["questions"] = new JsonArray(new JsonObject
                {
                    ["id"] = "nps", ["type"] = "nps", ["required"] = true, ["followUps"] = true,
                    ["text"] = Both("How likely are you to recommend us to a colleague?", "您有多大可能向同事或同行推荐我们？"),
                }),
            }),
        };
        Write(json, form);
        return json;
    }

    /// <summary>The draft with the words of the form.</summary>
    public static JsonObject Change(Draft draft, IFormCollection form)
    {
        var json = JsonNode.Parse(draft.Definition)!.AsObject();
        Write(json, form);
        return json;
    }

    /// <exception cref="Problem">It is not JSON.</exception>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = WireJson.DeepestNesting, AllowDuplicateProperties = false });
        }
        catch (JsonException fault)
        {
            throw Problem.Malformed("/definition", "json", (
                $"This is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.", $"不是有效的 JSON：第 {fault.LineNumber + 1} 行第 {fault.BytePositionInLine + 1} 字节。"));
        }
    }

    /// <summary>All errors at the one field there is, each saying where in the JSON.</summary>
    public static Form AtDefinition(Form form) => Form.Of(("ifMatch", form.Value("ifMatch")), ("definition", form.Value("definition")))
        .With(form.Errors.Select(error => new FormError("definition", error.Field is "" or "definition" ? error.Message : $"/{error.Field.Replace('.', '/')}: {error.Message}")));

    static void Write(JsonObject json, IFormCollection form)
    {
        json["kind"] = form["kind"].ToString();
        foreach (var name in Words)
            json[name] = Languages.All.Select(language => form[$"{name}.{language}"].ToString().Trim()).ToArray() is [var chinese, var english] && chinese.Length + english.Length > 0 ? Both(english, chinese) : null;
        var minutes = form["minutes"].ToString().Trim();
        json["minutes"] = minutes.Length == 0 ? null : int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    static JsonObject Both(string english, string chinese) => new() { [Languages.English] = english, [Languages.Chinese] = chinese };
}
