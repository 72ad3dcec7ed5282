namespace Cem.Tests.Questionnaires;

public sealed class CodingTests
{
    [Test]
    public void An_export_has_a_column_a_question_and_one_an_option_of_multiple_choices()
    {
        var survey = Surveys.Make(Surveys.Question("r", "\"type\": \"csat\", \"scale\": 3, \"notApplicable\": true"), Surveys.Choice("m", "a b", type: "multipleChoice"), Surveys.Question("t", "\"type\": \"longText\""));
        var given = survey.Kept("""{"r": 0, "m": ["b"], "t": "words"}""");

        Assert.That(survey.Questions.SelectMany(question => question.Columns).Select(column => $"{column.Name}:{column.Type}"), Is.EqualTo(new[] { "r:integer", "m.a:flag", "m.b:flag", "t:text" }));
        Assert.That(survey.Questions.SelectMany(question => question.Cells(given[question.Id])), Is.EqualTo(new[] { "notApplicable", "0", "1", "words" }));
        Assert.That(survey.Questions.SelectMany(question => question.Cells(null)), Is.All.Null);
        Assert.That(survey.Find("r")!.Columns[0].Values.Select(value => $"{value.Value}={value.Label.Zh}"), Is.EqualTo(new[] { "1=非常不满意", "2=一般", "3=非常满意", "notApplicable=不适用" }));
    }

    [Test]
    public void Answers_are_counted_by_value()
    {
        var survey = Surveys.Make(Surveys.Question("r", "\"type\": \"ces\", \"notApplicable\": true"), Surveys.Choice("m", "a b", type: "multipleChoice"), Surveys.Choice("s", "x y"));
        var all = new[] { """{"r": 7, "m": ["a", "b"], "s": "x"}""", """{"r": 7, "m": ["b"]}""", """{"r": 0}""" }.Select(survey.Kept).ToList();

        var ratings = survey.Find("r")!.Summarise(all.Select(answers => answers["r"]!));
        var several = survey.Find("m")!.Summarise(all.Select(answers => answers["m"]).OfType<Server.Questionnaires.Answer>());
        var one = survey.Find("s")!.Summarise(all.Select(answers => answers["s"]).OfType<Server.Questionnaires.Answer>());

        Assert.That((ratings.Answered, ratings.NotApplicable, ratings.Rows[6].Count), Is.EqualTo((2, 1, 2)));
        Assert.That(several.Rows.Select(row => row.Count), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(one.Rows.Select(row => row.Count), Is.EqualTo(new[] { 1, 0 }));
    }

    [TestCase("\"scale\": 3", "csat 3, satisfied 3")]
    [TestCase("\"scale\": 5", "csat 5, satisfied 4 5")]
    [TestCase("\"scale\": 5, \"satisfied\": [5]", "csat 5, satisfied 5")]
    public void What_counts_as_satisfied_is_part_of_the_question(string settings, string coding) =>
        Assert.That(Surveys.Make(Surveys.Question("x", $"\"type\": \"csat\", {settings}")).Questions[0].Coding, Is.EqualTo(coding));
}
