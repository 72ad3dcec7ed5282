using System.Text.Json;
using Cem.Server.Questionnaires;

namespace Cem.Tests.Questionnaires;

public sealed class DefinitionTests
{
    [Test]
    public void Every_fault_is_reported_at_once_by_its_pointer_in_both_languages()
    {
        var errors = Surveys.Faults("""
            {
              "title": {"en": "T"}, "kind": "party", "minutes": 0, "colour": "red",
              "pages": [
                {"questions": [
                  {"id": "1st", "type": "nps", "text": {"en": "?", "zh-CN": " "}},
                  {"id": "a", "type": "stars", "text": {"en": "?", "zh-CN": "?"}},
                  {"id": "b", "type": "csat", "scale": 4, "text": {"en": "?", "zh-CN": "?"}, "followUps": true},
                  {"id": "c", "type": "singleChoice", "text": {"en": "?", "zh-CN": "?"}, "options": [
                    {"code": "x", "text": {"en": "x", "zh-CN": "x"}}, {"code": "x", "text": {"en": "x", "zh-CN": "x"}}]},
                  {"id": "c", "type": "shortText", "text": {"en": "?", "zh-CN": "?"}, "maxLength": 100000, "required": "yes"}
                ]},
                {"questions": []}
              ]
            }
            """);

        Assert.That(errors.Short(), Is.EquivalentTo(new[]
        {
            "/title/zh-CN missing", "/kind choice", "/minutes range", "/colour unknown-field",
            "/pages/0/questions/0/id code", "/pages/0/questions/0/text/zh-CN empty", "/pages/0/questions/1/type choice",
            "/pages/0/questions/2/scale range", "/pages/0/questions/2/followUps unknown-field", "/pages/0/questions/3/options/1/code taken",
            "/pages/0/questions/4/maxLength range", "/pages/0/questions/4/required wrong-type", "/pages/0/questions/4/id taken", "/pages/1/questions count",
        }));
        Assert.That(errors.Select(error => error.Message), Has.All.Matches<Cem.Kernel.Web.Say>(say => say.En.Length > 0 && say.Zh.Any(c => c > 0x2000)));
        Assert.That(errors.Single(error => error.Code == "choice" && error.Pointer.EndsWith("type", StringComparison.Ordinal)).Message.En, Does.Contain("longText"));
    }

    [TestCase("[]", " wrong-type")]
    [TestCase("null", " wrong-type")]
    [TestCase("{}", "/pages missing")]
    [TestCase("""{"pages": {}}""", "/pages wrong-type")]
    [TestCase("""{"pages": [5]}""", "/pages/0 wrong-type")]
    [TestCase("""{"pages": [{"questions": [{"id": "\ud800", "type": [], "text": 5}]}]}""", "/pages/0/questions/0/id wrong-type")]
    [TestCase("""{"\ud800": 1, "a/b": 2}""", "/a~1b unknown-field")]
    public void Hostile_JSON_is_a_fault_and_never_an_exception(string json, string expected) =>
        Assert.That(Surveys.Faults(json).Short(), Has.Member(expected));

    [TestCase("""{"question": "later", "is": "yes"}""", "/showWhen/question not-earlier")]
    [TestCase("""{"question": "solved"}""", "/showWhen comparison")]
    [TestCase("""{"question": "solved", "is": "yes", "isNot": "no"}""", "/showWhen comparison")]
    [TestCase("""{"question": "solved", "atMost": 3}""", "/showWhen/atMost comparison")]
    [TestCase("""{"question": "solved", "is": "maybe"}""", "/showWhen/is value")]
    [TestCase("""{"question": "nps", "atMost": 11}""", "/showWhen/atMost value")]
    [TestCase("""{"question": "nps", "atMost": "six"}""", "/showWhen/atMost value")]
    [TestCase("""{"question": "parts", "is": "a"}""", "/showWhen/is comparison")]
    [TestCase("""{"question": "words", "is": "a"}""", "/showWhen/is comparison")]
    [TestCase("""{"question": "nps", "atMost": 6, "else": 1}""", "/showWhen/else unknown-field")]
    public void A_condition_must_refer_to_an_earlier_question_and_fit_its_answers(string condition, string expected)
    {
        var errors = Surveys.Faults(Surveys.Definition(
            Surveys.Choice("solved", "yes no"), Surveys.Question("nps", "\"type\": \"nps\""), Surveys.Choice("parts", "a b", type: "multipleChoice"),
            Surveys.Question("words", "\"type\": \"longText\""), Surveys.Question("x", $"\"type\": \"longText\", \"showWhen\": {condition}"),
            Surveys.Choice("later", "yes no")));

        Assert.That(errors.Short(), Is.EqualTo(new[] { "/pages/0/questions/4" + expected }));
    }

    [TestCase("\"type\": \"csat\", \"scale\": 3, \"satisfied\": []", "/satisfied range")]
    [TestCase("\"type\": \"csat\", \"scale\": 3, \"satisfied\": [4]", "/satisfied range")]
    [TestCase("\"type\": \"csat\", \"scale\": 5, \"satisfied\": [5, 5]", "/satisfied range")]
    [TestCase("\"type\": \"csat\", \"scale\": 3, \"satisfied\": [1, 2, 3]", "/satisfied range")]
    [TestCase("\"type\": \"csat\", \"scale\": 5, \"satisfied\": \"4\"", "/satisfied wrong-type")]
    [TestCase("\"type\": \"csat\"", "/scale missing")]
    [TestCase("\"type\": \"singleChoice\"", "/options missing")]
    [TestCase("\"type\": \"singleChoice\", \"options\": [], \"notApplicable\": true", "/notApplicable not-for-type")]
    [TestCase("\"type\": \"longText\", \"notApplicable\": true", "/notApplicable not-for-type")]
    [TestCase("\"type\": \"ces\", \"scale\": 7", "/scale unknown-field")]
    public void Each_type_checks_its_own_settings(string settings, string expected) =>
        Assert.That(Surveys.Faults(Surveys.Definition(Surveys.Question("x", settings))).Short(), Has.Member("/pages/0/questions/0" + expected));

    [Test]
    public void Follow_ups_take_their_ids()
    {
        var errors = Surveys.Faults(Surveys.Definition(Surveys.Question("nps", "\"type\": \"nps\", \"followUps\": true"), Surveys.Question("nps_reason", "\"type\": \"longText\"")));

        Assert.That(errors.Short(), Is.EqualTo(new[] { "/pages/0/questions/1/id taken" }));
    }

    [Test]
    public void A_definition_written_and_read_again_is_the_same()
    {
        var definition = """
            {"title":{"en":"T","zh-CN":"题"},"kind":"relationship","intro":{"en":"i","zh-CN":"i"},"thanks":{"en":"t","zh-CN":"t"},"minutes":3,"pages":[{"title":{"en":"p","zh-CN":"p"},"questions":[{"id":"nps","type":"nps","text":{"en":"?","zh-CN":"?"},"hint":{"en":"h","zh-CN":"h"},"required":true,"notApplicable":true,"followUps":true},{"id":"sat","type":"csat","text":{"en":"?","zh-CN":"?"},"scale":5,"satisfied":[5]},{"id":"one","type":"singleChoice","text":{"en":"?","zh-CN":"?"},"options":[{"code":"a","text":{"en":"a","zh-CN":"a"}},{"code":"b","text":{"en":"b","zh-CN":"b"}}],"showWhen":{"question":"nps","atMost":6}},{"id":"t","type":"shortText","text":{"en":"?","zh-CN":"?"},"maxLength":20,"showWhen":{"question":"one","is":"a"}}]}]}
            """;

        Assert.That(SurveyDefinition.Stored(definition).Write(), Is.EqualTo(definition));
    }

    [Test]
    public void Every_type_has_a_name_for_people_and_its_folder()
    {
        Assert.That(QuestionTypes.Names, Is.EqualTo(new[] { "ces", "csat", "longText", "multipleChoice", "nps", "shortText", "singleChoice" }));
        foreach (var type in QuestionTypes.Names.Select(name => QuestionTypes.Find(name)!))
        {
            Assert.That(type.Label.Zh, Is.Not.Empty);
            Assert.That(type.GetType().Namespace, Does.EndWith($".Types.{char.ToUpperInvariant(type.Name[0])}{type.Name[1..]}"));
        }
    }

    [TestCaseSource(nameof(SampleSurveys))]
    public void The_sample_companys_surveys_are_sound(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        Assert.That(SurveyDefinition.Read(json.RootElement).Errors.Short(), Is.Empty);
    }

    static IEnumerable<TestCaseData> SampleSurveys() =>
        Directory.EnumerateFiles(Path.Combine(Samples.SampleFiles.Folder, "surveys"), "*.json").Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));
}
