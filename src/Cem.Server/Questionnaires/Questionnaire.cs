using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Web;
using Microsoft.Extensions.Primitives;

namespace Cem.Server.Questionnaires;

/// <summary>A score as the statistics keep it.</summary>
/// <param name="Measure"><c>nps</c>, <c>csat</c> or <c>ces</c>.</param>
/// <param name="Value">The rating; null for "not applicable".</param>
readonly record struct QuestionScore(string Question, string Measure, int? Value);

/// <summary>A comment, or the code of an option chosen.</summary>
readonly record struct QuestionText(string Question, string Text);

/// <summary>
/// One version of a survey, ready to take answers: what is asked when, what an answer is worth. Made once a version and
/// shared by all requests.
/// </summary>
sealed class Questionnaire
{
    readonly FrozenDictionary<string, int> indexes;
    readonly int[] dependsOn;

    Questionnaire(SurveyDefinition definition)
    {
        Definition = definition;
        Questions = [.. definition.Questions];
        indexes = Questions.Select((question, index) => (question.Id, index)).ToFrozenDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        dependsOn = [.. Questions.Select(question => question.Head.ShowWhen is { } condition ? indexes[condition.Question] : -1)];
        Steps = Step.Cut(definition);
    }

    public SurveyDefinition Definition { get; }

    /// <summary>All questions in order, those that questions bring along included.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>What is shown at a time.</summary>
    public IReadOnlyList<Step> Steps { get; }

    public static Questionnaire Of(SurveyDefinition definition) => new(definition);

    /// <summary>From a definition that was checked when it was stored.</summary>
    public static Questionnaire Of(string storedDefinition) => new(SurveyDefinition.Stored(storedDefinition));

    public Question? Find(string id) => indexes.TryGetValue(id, out var index) ? Questions[index] : null;

    internal int IndexOf(string id) => indexes.GetValueOrDefault(id, -1);

    /// <summary>Whether a question is asked, given the answers before it. What depends on something not asked is not asked either.</summary>
    public bool IsShown(Question question, Answers answers) => IsShown(indexes[question.Id], answers);

    /// <summary>
    /// Reads the whole set of answers of an API call. An answer to a question that these answers hide is a fault: whoever
    /// collected it asked another survey.
    /// </summary>
    /// <param name="pointer">Where the answers stand in the body.</param>
    /// <returns>The answers, and everything that is wrong with them.</returns>
    public (Answers Answers, IReadOnlyList<FieldError> Errors) ReadJson(JsonElement json, string pointer = "/answers")
    {
        var answers = new Answers(this);
        if (json.ValueKind != JsonValueKind.Object)
            return (answers, [new FieldError(pointer, "wrong-type", ("Answers are an object of question ids and values.", "答案须为以题目代码为键的对象。"))]);
        List<FieldError>? errors = null;
        foreach (var property in json.EnumerateObject())
        {
            var name = JsonText.Name(property);
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (!indexes.TryGetValue(name, out var index))
                Add(name, "unknown-question", ($"The survey has no question '{name}'.", $"问卷中没有题目“{name}”。"));
            else if (Questions[index].ReadJson(property.Value) is var reading && reading.Code is { } code)
                Add(name, code, reading.Message);
            else
                answers[index] = reading.Answer;
        }
        for (var index = 0; index < Questions.Count; index++)
            if (answers[index] is not null && !IsShown(index, answers))
                Add(Questions[index].Id, "not-asked", ($"'{Questions[index].Id}' is not asked with these answers.", $"按其余答案，“{Questions[index].Id}”不会被问到。"));
        if (errors is null)
            foreach (var index in MissingIndexes(answers))
                Add(Questions[index].Id, "required", Faults.Required);
        return (answers, errors ?? []);

        void Add(string question, string code, Say message) =>
            (errors ??= []).Add(new FieldError($"{pointer}/{JsonText.Escape(question)}", code, message));
    }

    /// <summary>
    /// Reads one step of the form over the answers given before. What these answers hide is dropped; what the form lacks
    /// was left empty. The pointers of the errors are names of fields.
    /// </summary>
    public StepReading ReadForm(Step step, IEnumerable<KeyValuePair<string, StringValues>> form, Answers before)
    {
        var fields = form.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        var (given, entered) = (before.Copy(), before.Copy());
        var errors = new List<FieldError>();
        foreach (var question in step.Questions)
        {
            var index = indexes[question.Id];
            var reading = IsShown(index, given) ? question.ReadForm(fields.GetValueOrDefault(question.Id)) : Reading.Nothing;
            entered[index] = reading.Answer;
            given[index] = reading.Code is null ? reading.Answer : null;
            if (reading.Code is { } code)
                errors.Add(new FieldError(question.Id, code, reading.Message));
            else if (reading.Answer is null && question.Head.Required && IsShown(index, given))
                errors.Add(new FieldError(question.Id, "required", Faults.Required));
        }
        return new StepReading(given, entered, errors);
    }

    /// <summary>The step after (or, backwards, before) one that has anything to ask; null at the end. Steps count from 0, -1 is before the first.</summary>
    public int? NextStep(int step, Answers answers, bool backwards = false)
    {
        var by = backwards ? -1 : 1;
        for (var next = step + by; next >= 0 && next < Steps.Count; next += by)
            if (Steps[next].Questions.Any(question => IsShown(question, answers)))
                return next;
        return null;
    }

    /// <summary>Questions shown, required and not answered.</summary>
    public IEnumerable<Question> Missing(Answers answers) => MissingIndexes(answers).Select(index => Questions[index]);

    /// <summary>The answers without those to questions that are hidden by now.</summary>
    public Answers Shown(Answers answers)
    {
        var shown = new Answers(this);
        for (var index = 0; index < Questions.Count; index++)
            if (answers[index] is { } answer && IsShown(index, shown))
                shown[index] = answer;
        return shown;
    }

    /// <summary>The scored answers.</summary>
    public IReadOnlyList<QuestionScore> Scores(Answers answers)
    {
        var scores = new List<QuestionScore>();
        for (var index = 0; index < Questions.Count; index++)
            if (answers[index] is { } answer && Questions[index].Measure is { } measure)
                scores.Add(new QuestionScore(Questions[index].Id, measure, Questions[index].Score(answer)));
        return scores;
    }

    /// <summary>Comments and chosen options, one each.</summary>
    public IReadOnlyList<QuestionText> Texts(Answers answers)
    {
        var texts = new List<QuestionText>();
        for (var index = 0; index < Questions.Count; index++)
            if (answers[index] is { } answer)
                foreach (var text in Questions[index].Texts(answer))
                    texts.Add(new QuestionText(Questions[index].Id, text));
        return texts;
    }

    /// <summary>The answers as JSON, for keeping.</summary>
    public string Write(Answers answers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Stored.Encoder, SkipValidation = true }))
        {
            json.WriteStartObject();
            for (var index = 0; index < Questions.Count; index++)
                if (answers[index] is { } answer)
                {
                    json.WritePropertyName(Questions[index].Id);
                    answer.Write(json);
                }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Answers that were kept, whole or in part.</summary>
    public Answers Kept(string json)
    {
        using var document = JsonDocument.Parse(json);
        var answers = new Answers(this);
        foreach (var property in document.RootElement.EnumerateObject())
            if (indexes.TryGetValue(property.Name, out var index))
                answers[index] = Questions[index].ReadJson(property.Value).Answer;
        return answers;
    }

    bool IsShown(int index, Answers answers)
    {
        for (; dependsOn[index] is >= 0 and var other; index = other)
            if (!Questions[index].Head.ShowWhen!.Holds(answers[other]))
                return false;
        return true;
    }

    IEnumerable<int> MissingIndexes(Answers answers) =>
        Enumerable.Range(0, Questions.Count).Where(index => answers[index] is null && Questions[index].Head.Required && IsShown(index, answers));
}

/// <summary>What one sent step came to.</summary>
/// <param name="Given">The sound answers, to be kept whatever else is wrong.</param>
/// <param name="Entered">The answers as entered, to be shown again.</param>
/// <param name="Errors">What is wrong; pointers are names of form fields.</param>
sealed record StepReading(Answers Given, Answers Entered, IReadOnlyList<FieldError> Errors);

/// <summary>Faults that every type reports alike.</summary>
static class Faults
{
    public static readonly Say Required = ("Please answer this question.", "请回答此题。");

    public static readonly Reading WrongType = Reading.Refuse("wrong-type", ("This value has the wrong type for the question.", "答案的类型不正确。"));
}
