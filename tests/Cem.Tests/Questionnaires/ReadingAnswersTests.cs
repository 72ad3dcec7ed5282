using Cem.Server.Questionnaires;
using Cem.Tests.Samples;

namespace Cem.Tests.Questionnaires;

public sealed class ReadingAnswersTests
{
    static readonly Questionnaire Every = Surveys.Make(
        Surveys.Question("nps", "\"type\": \"nps\", \"followUps\": true, \"required\": true, \"notApplicable\": true"),
        Surveys.Question("three", "\"type\": \"csat\", \"scale\": 3"),
        Surveys.Question("five", "\"type\": \"csat\", \"scale\": 5, \"notApplicable\": true"),
        Surveys.Question("ease", "\"type\": \"ces\""),
        Surveys.Choice("one", "a b c"),
        Surveys.Choice("some", "x y z", type: "multipleChoice"),
        Surveys.Question("short", "\"type\": \"shortText\", \"maxLength\": 5"),
        Surveys.Question("long", "\"type\": \"longText\""));

    [Test]
    public void A_full_set_of_answers_is_scored_and_its_words_are_kept()
    {
        var (answers, errors) = Every.Read("""
            {"nps": 3, "nps_reason": " stuck\r\nagain ", "nps_warn": "yes", "nps_contact": "no", "three": 1, "five": 0, "ease": 7.0,
             "one": "b", "some": ["z", "x"], "short": "é中", "long": "   "}
            """);

        Assert.That(errors.Short(), Is.Empty);
        Assert.That(Every.Scores(answers), Is.EqualTo(new QuestionScore[] { new("nps", "nps", 3), new("three", "csat", 1), new("five", "csat", null), new("ease", "ces", 7) }));
        Assert.That(Every.Texts(answers).Select(text => $"{text.Question}={text.Text}"), Is.EqualTo(new[]
        {
            "nps_reason=stuck\nagain", "nps_warn=yes", "nps_contact=no", "one=b", "some=x", "some=z", "short=é中",
        }));
        Assert.That(Every.Write(answers), Is.EqualTo(
            """{"nps":3,"nps_reason":"stuck\nagain","nps_warn":"yes","nps_contact":"no","three":1,"five":"notApplicable","ease":7,"one":"b","some":["x","z"],"short":"é中"}"""));
        Assert.That(Every.Write(Every.Kept(Every.Write(answers))), Is.EqualTo(Every.Write(answers)));
    }

    [TestCase("""{"nps": 11}""", "/answers/nps range")]
    [TestCase("""{"nps": -1}""", "/answers/nps range")]
    [TestCase("""{"nps": 7.5}""", "/answers/nps range")]
    [TestCase("""{"nps": 1e400}""", "/answers/nps range")]
    [TestCase("""{"nps": "7"}""", "/answers/nps range")]
    [TestCase("""{"nps": [7]}""", "/answers/nps wrong-type")]
    [TestCase("""{"nps": true}""", "/answers/nps wrong-type")]
    [TestCase("""{"three": 0}""", "/answers/three range")]
    [TestCase("""{"three": "notApplicable"}""", "/answers/three range")]
    [TestCase("""{"five": 6}""", "/answers/five range")]
    [TestCase("""{"ease": 0}""", "/answers/ease range")]
    [TestCase("""{"one": "d"}""", "/answers/one choice")]
    [TestCase("""{"one": 1}""", "/answers/one wrong-type")]
    [TestCase("""{"some": "x"}""", "/answers/some wrong-type")]
    [TestCase("""{"some": ["x", "x"]}""", "/answers/some taken")]
    [TestCase("""{"some": ["x", 5]}""", "/answers/some choice")]
    [TestCase("""{"short": "123456"}""", "/answers/short too-long")]
    [TestCase("""{"short": "\ud800"}""", "/answers/short wrong-type")]
    [TestCase("""{"long": {}}""", "/answers/long wrong-type")]
    [TestCase("""{"who": 1}""", "/answers/who unknown-question")]
    [TestCase("""{"a/b": 1}""", "/answers/a~1b unknown-question")]
    [TestCase("""{"\ud800": 1}""", "/answers/\uFFFD unknown-question")]
    [TestCase("[]", "/answers wrong-type")]
    [TestCase("{}", "/answers/nps required")]
    [TestCase("""{"nps": null}""", "/answers/nps required")]
    [TestCase("""{"nps": 9, "nps_warn": "yes"}""", "/answers/nps_warn not-asked")]
    [TestCase("""{"nps": "notApplicable", "nps_reason": "x"}""", "/answers/nps_reason not-asked")]
    public void What_is_no_answer_is_refused_with_its_field(string answers, string expected) =>
        Assert.That(Every.Read(answers).Errors.Short(), Has.Member(expected));

    [Test]
    public void Everything_wrong_is_reported_at_once() =>
        Assert.That(Every.Read("""{"nps": 11, "one": "d", "who": 1}""").Errors.Short(), Is.EqualTo(new[] { "/answers/nps range", "/answers/one choice", "/answers/who unknown-question" }));

    [TestCase(10, "What do you like most?")]
    [TestCase(8, "What keeps you from recommending us?")]
    [TestCase(6, "What went wrong?")]
    public void The_reason_is_asked_in_the_words_of_the_band(int score, string expected)
    {
        var (answers, _) = Every.Read($$"""{"nps": {{score}}}""");

        Assert.That(Every.Find("nps_reason")!.TextFor(answers).En, Is.EqualTo(expected));
        Assert.That(Every.IsShown(Every.Find("nps_contact")!, answers), Is.EqualTo(score <= 6));
    }

    [Test]
    public void What_depends_on_something_hidden_or_unanswered_is_hidden_too()
    {
        var chain = Surveys.Make(
            Surveys.Choice("a", "yes no"),
            Surveys.Choice("b", "yes no", ", \"showWhen\": {\"question\": \"a\", \"isNot\": \"yes\"}"),
            Surveys.Question("c", "\"type\": \"longText\", \"required\": true, \"showWhen\": {\"question\": \"b\", \"is\": \"yes\"}"));

        Assert.That(chain.Read("""{"a": "no", "b": "yes"}""").Errors.Short(), Is.EqualTo(new[] { "/answers/c required" }));
        Assert.That(chain.Read("""{"a": "yes", "b": "yes", "c": "x"}""").Errors.Short(), Is.EqualTo(new[] { "/answers/b not-asked", "/answers/c not-asked" }));
        Assert.That(chain.Read("{}").Errors, Is.Empty);
        Assert.That(chain.Write(chain.Shown(chain.Kept("""{"a": "yes", "b": "yes", "c": "x"}"""))), Is.EqualTo("""{"a":"yes"}"""));
    }

    [TestCase("atMost", "3", 3, true)]
    [TestCase("atMost", "3", 4, false)]
    [TestCase("atLeast", "3", 2, false)]
    [TestCase("atLeast", "3", 3, true)]
    [TestCase("is", "3", 3, true)]
    [TestCase("isNot", "3", 3, false)]
    [TestCase("isNot", "3", 4, true)]
    public void Ratings_are_compared_as_numbers(string comparison, string value, int rating, bool shown)
    {
        var survey = Surveys.Make(Surveys.Question("r", "\"type\": \"csat\", \"scale\": 5"), Surveys.Question("c", $"\"type\": \"longText\", \"showWhen\": {{\"question\": \"r\", \"{comparison}\": {value}}}"));

        Assert.That(survey.IsShown(survey.Find("c")!, survey.Read($$"""{"r": {{rating}}}""").Answers), Is.EqualTo(shown));
    }

    [Test]
    public void Several_choices_are_looked_through()
    {
        var survey = Surveys.Make(Surveys.Choice("m", "a b c", type: "multipleChoice"), Surveys.Question("c", "\"type\": \"longText\", \"showWhen\": {\"question\": \"m\", \"includes\": \"b\"}"));

        Assert.That(survey.IsShown(survey.Find("c")!, survey.Read("""{"m": ["a", "b"]}""").Answers), Is.True);
        Assert.That(survey.IsShown(survey.Find("c")!, survey.Read("""{"m": ["a", "c"]}""").Answers), Is.False);
    }

    [Test]
    public void All_answers_of_the_sample_company_are_read_without_a_fault()
    {
        var surveys = Directory.EnumerateFiles(Path.Combine(SampleFiles.Folder, "surveys")).ToDictionary(
            file => Path.GetFileNameWithoutExtension(file), file => Questionnaire.Of(File.ReadAllText(file)));
        var faults = SampleFiles.Lines("responses.ndjson").SelectMany(line =>
            surveys[line.Text("survey")!].ReadJson(line.GetProperty("answers")).Errors.Short().Select(error => $"{line.Text("submissionId")} {error}"));

        Assert.That(faults.Take(20), Is.Empty);
    }
}
