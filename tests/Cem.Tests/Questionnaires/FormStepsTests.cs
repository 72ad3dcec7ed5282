using Cem.Server.Questionnaires;
using Microsoft.Extensions.Primitives;

namespace Cem.Tests.Questionnaires;

public sealed class FormStepsTests
{
    static readonly Questionnaire Survey = Surveys.Make(
        Surveys.Choice("solved", "yes no", ", \"required\": true"),
        Surveys.Question("csat", "\"type\": \"csat\", \"scale\": 5, \"notApplicable\": true"),
        Surveys.Choice("open", "refund callback", ", \"showWhen\": {\"question\": \"solved\", \"isNot\": \"yes\"}", "multipleChoice"),
        Surveys.Question("nps", "\"type\": \"nps\", \"followUps\": true"),
        Surveys.Question("note", "\"type\": \"shortText\", \"maxLength\": 4"));

    [Test]
    public void A_page_is_cut_where_a_question_depends_on_an_answer_of_the_same_page() =>
        Assert.That(Survey.Steps.Select(step => string.Join(' ', step.Questions.Select(question => question.Id))),
            Is.EqualTo(new[] { "solved csat", "open nps", "nps_reason nps_warn nps_contact note" }));

    [Test]
    public void A_step_is_read_and_what_is_required_is_asked_for()
    {
        var first = Survey.ReadForm(Survey.Steps[0], Form(("csat", "notApplicable")), new Answers(Survey));

        Assert.That(first.Errors.Short(), Is.EqualTo(new[] { "solved required" }));
        Assert.That(Survey.Write(first.Given), Is.EqualTo("""{"csat":"notApplicable"}"""), "what was given is kept all the same");
    }

    [Test]
    public void What_the_answers_hide_is_dropped_and_what_was_emptied_is_gone()
    {
        var before = Survey.Kept("""{"solved": "no", "csat": 2, "open": ["refund"], "nps": 5}""");

        var again = Survey.ReadForm(Survey.Steps[0], Form(("solved", "yes"), ("csat", "")), before);
        var second = Survey.ReadForm(Survey.Steps[1], Form(("open", "refund"), ("nps", "9")), again.Given);

        Assert.That(Survey.Write(Survey.Shown(second.Given)), Is.EqualTo("""{"solved":"yes","nps":9}"""));
    }

    [Test]
    public void A_faulty_value_is_shown_again_and_not_kept()
    {
        var reading = Survey.ReadForm(Survey.Steps[2], Form(("note", "12345")), Survey.Kept("""{"solved": "yes", "note": "old"}"""));

        Assert.That(reading.Errors.Short(), Is.EqualTo(new[] { "note too-long" }));
        Assert.That(reading.Entered["note"]!.Text, Is.EqualTo("12345"));
        Assert.That(reading.Given["note"], Is.Null);
    }

    [TestCase("nps", "11", "range")]
    [TestCase("nps", "seven", "range")]
    [TestCase("nps", "notApplicable", "range")]
    [TestCase("open", "wrong", "choice")]
    public void Hostile_form_values_are_refused(string field, string value, string code)
    {
        var reading = Survey.ReadForm(Survey.Steps[1], Form((field, value)), Survey.Kept("""{"solved": "no"}"""));

        Assert.That(reading.Errors.Short(), Is.EqualTo(new[] { $"{field} {code}" }));
    }

    [Test]
    public void Steps_with_nothing_to_ask_are_skipped_both_ways()
    {
        var survey = Surveys.Make(
            Surveys.Choice("a", "yes no"),
            Surveys.Question("b", "\"type\": \"longText\", \"showWhen\": {\"question\": \"a\", \"is\": \"no\"}"));
        var yes = survey.Kept("""{"a": "yes"}""");

        Assert.That(survey.NextStep(-1, yes), Is.Zero);
        Assert.That(survey.NextStep(0, yes), Is.Null);
        Assert.That(survey.NextStep(0, survey.Kept("""{"a": "no"}""")), Is.EqualTo(1));
        Assert.That(survey.NextStep(2, yes, backwards: true), Is.Zero);
    }

    [Test]
    public void A_step_is_viewed_in_the_readers_language_with_values_and_errors()
    {
        var reading = Survey.ReadForm(Survey.Steps[0], Form(("csat", "4")), new Answers(Survey));
        var views = Survey.Steps[0].View("zh-CN", reading.Entered, reading.Errors);

        Assert.That(views[0].Error, Is.EqualTo("请回答此题。"));
        Assert.That(views[0].DescribedBy, Is.EqualTo("q-solved-error"));
        Assert.That(((Server.Questionnaires.Types.RatingView)views[1]).Points.Single(point => point.Chosen).Said, Is.EqualTo("4, 满意"));
    }

    static Dictionary<string, StringValues> Form(params (string Name, string Value)[] fields) =>
        fields.ToDictionary(field => field.Name, field => new StringValues(field.Value));
}
