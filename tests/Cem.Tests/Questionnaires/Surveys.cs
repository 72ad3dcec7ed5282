using System.Text.Json;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;

namespace Cem.Tests.Questionnaires;

/// <summary>Definitions and answers for the tests of questionnaires.</summary>
static class Surveys
{
    /// <summary>The wording of a question, in both languages.</summary>
    public const string Text = """ "text": {"en": "?", "zh-CN": "？"} """;

    /// <summary>A definition of one page with these questions.</summary>
    public static string Definition(params string[] questions) => $$"""
        {"title": {"en": "T", "zh-CN": "题"}, "kind": "touchpoint", "pages": [{"questions": [{{string.Join(", ", questions)}}]}]}
        """;

    /// <summary>A question with wording; the rest as written.</summary>
    public static string Question(string id, string rest) => $$"""{"id": "{{id}}", {{Text}}, {{rest}}}""";

    public static string Choice(string id, string codes, string rest = "", string type = "singleChoice")
    {
        var options = codes.Split(' ').Select(code => $$$"""{"code": "{{{code}}}", "text": {"en": "{{{code}}}", "zh-CN": "{{{code}}}"}}""");
        return Question(id, $"\"type\": \"{type}\", \"options\": [{string.Join(", ", options)}]{rest}");
    }

    public static Questionnaire Make(params string[] questions) => Questionnaire.Of(Definition(questions));

    public static IReadOnlyList<FieldError> Faults(string definition)
    {
        using var json = JsonDocument.Parse(definition);
        return SurveyDefinition.Read(json.RootElement).Errors;
    }

    public static (Answers Answers, IReadOnlyList<FieldError> Errors) Read(this Questionnaire questionnaire, string answers)
    {
        using var json = JsonDocument.Parse(answers);
        return questionnaire.ReadJson(json.RootElement);
    }

    /// <summary>Errors as "pointer code", for short assertions.</summary>
    public static IEnumerable<string> Short(this IEnumerable<FieldError> errors) => errors.Select(error => $"{error.Pointer} {error.Code}");
}
