using Cem.Kernel.Text;

namespace Cem.Tests.Kernel.Text;

public sealed class TextsTests
{
    static readonly TextsFile Common = new("Html/Common.texts.json", """{ "save": { "en": "Save", "zh-CN": "保存" }, "title": { "en": "Common", "zh-CN": "通用" } }""");
    static readonly TextsFile Area = new("Features/Surveys/Surveys.texts.json", """{ "survey": { "en": "survey", "zh-CN": "问卷" }, "title": { "en": "Area", "zh-CN": "领域" } }""");
    static readonly TextsFile Slice = new("Features/Surveys/ListSurveys/ListSurveys.texts.json", """
        {
          "title": { "en": "Surveys", "zh-CN": "问卷列表" },
          "rows": { "en": { "one": "{count} survey of {name}", "other": "{count} surveys of {name}" }, "zh-CN": "{name}的 {count} 份问卷" },
          "braces": { "en": "{{x}} costs {x}", "zh-CN": "{{x}}:{x}" }
        }
        """);

    static readonly Texts Texts = new([Common, Area, Slice]);

    [TestCase("Surveys/ListSurveys", "title", "Surveys")]
    [TestCase("Surveys/ListSurveys", "survey", "survey")]
    [TestCase("Surveys/ListSurveys", "save", "Save")]
    [TestCase("Surveys/EditSurvey", "title", "Area")]
    [TestCase("Surveys/QuestionTypes/Nps", "survey", "survey")]
    [TestCase("Accounts/ListAccounts", "title", "Common")]
    [TestCase("", "save", "Save")]
    public void A_slice_sees_its_own_texts_then_those_of_its_area_then_the_common_ones(string scope, string key, string expected) =>
        Assert.That(Texts.Get("en", scope, key), Is.EqualTo(expected));

    [TestCase("en", 1, "1 survey of Ann {x}")]
    [TestCase("en", 0, "0 surveys of Ann {x}")]
    [TestCase("en", 1234, "1,234 surveys of Ann {x}")]
    [TestCase("zh-CN", 1, "Ann {x}的 1 份问卷")]
    public void Arguments_are_put_in_and_the_count_chooses_the_plural(string language, int count, string expected) =>
        Assert.That(Texts.For(language, Slice.Scope).Get("rows", ("name", "Ann {x}"), ("count", count)), Is.EqualTo(expected));

    [Test]
    public void Doubled_braces_are_braces() => Assert.That(Texts.Get("en", Slice.Scope, "braces", ("x", 2.5)), Is.EqualTo("{x} costs 2.5"));

    [Test]
    public void An_unknown_key_is_an_error() =>
        Assert.That(() => Texts.Get("en", Slice.Scope, "no.such"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("no.such"));

    [Test]
    public void A_missing_argument_is_an_error() =>
        Assert.That(() => Texts.Get("en", Slice.Scope, "rows", ("count", 2)), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("name"));

    [Test]
    public void An_unknown_language_is_an_error() => Assert.That(() => Texts.Get("fr", "", "save"), Throws.TypeOf<KeyNotFoundException>());

    [Test]
    public void An_instant_must_be_formatted_before_it_goes_into_a_text() =>
        Assert.That(() => Texts.Get("en", Slice.Scope, "braces", ("x", DateTimeOffset.UnixEpoch)), Throws.ArgumentException);

    [TestCase("""{ "a": { "en": "x" } }""", "has no zh-CN")]
    [TestCase("""{ "a": { "en": "x", "zh-CN": "x", "fr": "x" } }""", "unknown language")]
    [TestCase("""{ "a": { "en": "{x}", "zh-CN": "{y}" } }""", "other arguments")]
    [TestCase("""{ "a": { "en": "{x", "zh-CN": "x" } }""", "not paired")]
    [TestCase("""{ "a": { "en": "{}", "zh-CN": "x" } }""", "not the name")]
    [TestCase("""{ "a": { "en": { "one": "x" }, "zh-CN": "x" } }""", "\"a\" in en")]
    [TestCase("""{ "a": { "en": 1, "zh-CN": "x" } }""", "\"a\" in en")]
    [TestCase("""{ "a": "x" }""", "B.texts.json")]
    [TestCase("""{ "a": { "en": "x", "zh-CN": "x" }, "a": { "en": "x", "zh-CN": "x" } }""", "twice")]
    [TestCase("[", "B.texts.json")]
    public void A_faulty_file_is_refused_with_the_reason(string json, string reason) =>
        Assert.That(() => new Texts([new("Features/A/B/B.texts.json", json)]), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));

    [Test]
    public void All_faults_are_reported_at_once() =>
        Assert.That(() => new Texts([Common, Common, new("Features/A/B/B.texts.json", """{ "a": { "en": "x" }, "b": { "zh-CN": "x" } }""")]),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("\"a\" has no").And.Message.Contains("\"b\" has no").And.Message.Contains("already has texts"));

    [Test]
    public void All_embedded_texts_load_and_are_listed()
    {
        var texts = Texts.Load(typeof(Texts).Assembly);
        Assert.That(texts.Keys, Does.Contain(("", "save")));
    }

    [Test]
    public void Chinese_texts_have_chinese_punctuation()
    {
        var common = TextsFile.In(typeof(Texts).Assembly).Single();
        var values = System.Text.Json.JsonDocument.Parse(common.Json).RootElement.EnumerateObject().Select(e => e.Value.GetProperty("zh-CN").ToString());
        Assert.That(values, Has.None.Matches("[\u3400-\u9fff}] ?[,:;?!(]|[,:;?!)] ?[\u3400-\u9fff{]"));
    }

    [TestCase("en-GB,en;q=0.9", "en")]
    [TestCase("fr,en;q=0.3,zh-TW;q=0.5", "zh-CN")]
    [TestCase("zh-Hans-CN", "zh-CN")]
    [TestCase("fr", "zh-CN")]
    [TestCase("en;q=0", "zh-CN")]
    [TestCase("en;q=x", "zh-CN")]
    [TestCase(null, "zh-CN")]
    public void The_best_known_language_is_chosen(string? wishes, string expected) => Assert.That(Languages.Choose(wishes), Is.EqualTo(expected));
}
