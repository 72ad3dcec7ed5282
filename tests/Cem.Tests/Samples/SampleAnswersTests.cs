using System.Text.Json;

namespace Cem.Tests.Samples;

/// <summary>Each answer in the sample is one that its survey would have taken.</summary>
public sealed class SampleAnswersTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Surveys = SampleFiles.Surveys();
    private static readonly IReadOnlyList<JsonElement> Responses = SampleFiles.Lines("responses.ndjson");

    [Test]
    public void Answers_fit_the_questions_and_their_conditions()
    {
        var wrong = Responses.SelectMany(response => Faults(response).Select(fault => $"{response.Text("submissionId")}: {fault}"));
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_question_of_every_survey_is_answered_by_somebody()
    {
        var answered = Responses.SelectMany(response => response.GetProperty("answers").EnumerateObject()
            .Select(answer => (response.Text("survey")!, answer.Name))).ToHashSet();
        Assert.That(Surveys.SelectMany(survey => survey.Value.Select(question => (survey.Key, question.Text("id")!)))
            .Where(question => !answered.Contains(question)), Is.Empty);
    }

    [Test]
    public void Comments_are_many_and_differ_and_hold_no_markup()
    {
        var comments = Responses.Select(response => response.GetProperty("answers"))
            .SelectMany(answers => new[] { answers.Text("nps_reason"), answers.Text("comment") }).OfType<string>().ToArray();
        Assert.That(comments, Has.Length.GreaterThan(1800));
        Assert.That(comments.Distinct().Count(), Is.GreaterThan(comments.Length / 2));
        Assert.That(comments.Where(comment => comment.Contains('<') || comment.Contains('{')), Is.Empty);
        var phrases = new[] { "en", "zh-CN" }.SelectMany(language =>
            File.ReadLines(Path.Combine(SampleFiles.Folder, "phrases", language + ".tsv")).Skip(1)).Select(line => line.Split('\t')[2]);
        Assert.That(phrases.Distinct().Count(), Is.GreaterThan(300));
    }

    private static IEnumerable<string> Faults(JsonElement response)
    {
        var answers = response.GetProperty("answers");
        var questions = Surveys[response.Text("survey")!];
        var known = questions.Select(question => question.Text("id")!).ToHashSet();
        foreach (var question in questions)
        {
            var id = question.Text("id")!;
            var given = answers.TryGetProperty(id, out var value);
            var shown = !question.TryGetProperty("showWhen", out var when) || Holds(when, answers);
            if (given && !shown)
                yield return id + " is answered but not shown";
            if (given && !Fits(question, value))
                yield return $"{id} does not take {value}";
            if (!given && shown && question.TryGetProperty("required", out var required) && required.GetBoolean())
                yield return id + " is required";
            if (question.TryGetProperty("followUps", out _))
                foreach (var fault in FollowUpFaults(id, value, answers, known))
                    yield return fault;
        }
        foreach (var stranger in answers.EnumerateObject().Where(answer => !known.Contains(answer.Name)))
            yield return stranger.Name + " is not a question";
    }

    private static IEnumerable<string> FollowUpFaults(string id, JsonElement score, JsonElement answers, HashSet<string> known)
    {
        known.UnionWith([id + "_reason", id + "_warn", id + "_contact"]);
        foreach (var followUp in new[] { id + "_warn", id + "_contact" })
            if (answers.Text(followUp) is { } answer && (score.GetInt32() > 6 || answer is not ("yes" or "no")))
                yield return $"{followUp} does not take {answer} after {score}";
    }

    private static bool Holds(JsonElement when, JsonElement answers)
    {
        if (!answers.TryGetProperty(when.Text("question")!, out var value))
            return false;
        return value.ValueKind == JsonValueKind.Number
            ? (!when.TryGetProperty("atMost", out var most) || value.GetInt32() <= most.GetInt32())
                && (!when.TryGetProperty("atLeast", out var least) || value.GetInt32() >= least.GetInt32())
            : (when.Text("is") is not { } wanted || value.GetString() == wanted)
                && (when.Text("isNot") is not { } unwanted || value.GetString() != unwanted);
    }

    private static bool Fits(JsonElement question, JsonElement value)
    {
        var options = question.TryGetProperty("options", out var list)
            ? list.EnumerateArray().Select(option => option.Text("code")!).ToHashSet() : [];
        return question.Text("type") switch
        {
            "nps" => value.GetInt32() is >= 0 and <= 10,
            "csat" => value.GetInt32() <= question.GetProperty("scale").GetInt32()
                && value.GetInt32() >= (question.TryGetProperty("notApplicable", out _) ? 0 : 1),
            "ces" => value.GetInt32() is >= 1 and <= 7,
            "singleChoice" => options.Contains(value.GetString()!),
            "multipleChoice" => value.EnumerateArray().All(code => options.Contains(code.GetString()!)) && value.GetArrayLength() > 0,
            _ => value.GetString()!.Trim().Length > 0,
        };
    }
}
