using System.Text.Json;

namespace TravelSaas;

internal sealed record Condition(string Question, int? AtMost, int? AtLeast, string? Is, string? IsNot, string? Includes)
{
    /// <summary>Whether the question is shown, given the answers so far; an unanswered condition hides it.</summary>
    public bool Holds(IReadOnlyList<(string Question, object Value)> answers) =>
        answers.FirstOrDefault(a => a.Question == Question).Value switch
        {
            int score => score <= (AtMost ?? score) && score >= (AtLeast ?? score),
            string code => (Is is null || code == Is) && (IsNot is null || code != IsNot),
            string[] codes => Includes is null || codes.Contains(Includes),
            _ => false,
        };
}

internal sealed record Question(
    string Id, string Type, int Scale, bool Required, bool FollowUps, bool NotApplicable, IReadOnlyList<string> Options,
    Condition? ShowWhen);

internal sealed record Survey(string Code, IReadOnlyList<Question> Questions);

internal sealed record Cell(string Touchpoint, string Role, string Survey, string Trigger, int DelayMinutes);

internal sealed record AlertRule(string Code, string Question, string Survey, int AtMost, IReadOnlyList<string>? Touchpoints)
{
    public bool Matches(Response response) =>
        response.Survey == Survey && response.Score(Question) <= AtMost
        && (Touchpoints is null || Touchpoints.Contains(response.Touchpoint));
}

/// <summary>What people wrote by hand and the generator follows: units, surveys, matrix, alert rules, phrases.</summary>
internal sealed record Definitions(
    DateOnly EndsOn, IReadOnlyList<OrgUnit> OrgUnits, IReadOnlyDictionary<string, Survey> Surveys,
    IReadOnlyList<Cell> Cells, IReadOnlyList<AlertRule> AlertRules,
    IReadOnlyList<(string Language, string Theme, string Band, string Text)> Phrases)
{
    public static Definitions Read(string folder) => new(
        DateOnly.ParseExact(Json(folder, "company.json").GetProperty("endsOn").GetString()!, "yyyy-MM-dd"),
        [.. Rows(folder, "org-units.csv", ',').Select(row => new OrgUnit(row[0], row[1], row[2], row[3]))],
        Directory.GetFiles(Path.Combine(folder, "surveys"), "*.json").Order(StringComparer.Ordinal)
            .Select(ReadSurvey).ToDictionary(survey => survey.Code),
        [.. Json(folder, "survey-matrix.json").GetProperty("cells").EnumerateArray().Select(ReadCell)],
        [.. Json(folder, "alert-rules.json").GetProperty("rules").EnumerateArray().Where(rule => rule.TryGetProperty("question", out _)).Select(ReadRule)],
        [.. ReadPhrases(folder, "zh-CN"), .. ReadPhrases(folder, "en")]);

    private static IEnumerable<(string Language, string Theme, string Band, string Text)> ReadPhrases(string folder, string language) =>
        Rows(folder, $"phrases/{language}.tsv", '\t').Select(row => (language, row[0], row[1], row[2]));

    private static Survey ReadSurvey(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return new(Path.GetFileNameWithoutExtension(file),
            [.. json.RootElement.GetProperty("pages").EnumerateArray()
                .SelectMany(page => page.GetProperty("questions").EnumerateArray()).Select(ReadQuestion)]);
    }

    private static Question ReadQuestion(JsonElement json) => new(
        json.GetProperty("id").GetString()!, json.GetProperty("type").GetString()!, Number(json, "scale") ?? 0,
        Flag(json, "required"), Flag(json, "followUps"), Flag(json, "notApplicable"),
        json.TryGetProperty("options", out var options)
            ? [.. options.EnumerateArray().Select(option => option.GetProperty("code").GetString()!)] : [],
        json.TryGetProperty("showWhen", out var when)
            ? new(Text(when, "question")!, Number(when, "atMost"), Number(when, "atLeast"), Text(when, "is"),
                Text(when, "isNot"), Text(when, "includes"))
            : null);

    private static Cell ReadCell(JsonElement json) => new(
        Text(json, "touchpoint")!, Text(json, "role")!, Text(json, "survey")!, Text(json, "trigger")!,
        Number(json, "delayMinutes")!.Value);

    private static AlertRule ReadRule(JsonElement json) => new(
        Text(json, "code")!, Text(json, "question")!, Text(json, "survey")!, Number(json, "atMost")!.Value,
        json.GetProperty("touchpoints") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : null);

    private static JsonElement Json(string folder, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
        return json.RootElement.Clone();
    }

    private static IEnumerable<string[]> Rows(string folder, string file, char separator) =>
        File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(line => line.Split(separator));

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.GetBoolean();
}
