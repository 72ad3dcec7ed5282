using Cem.Kernel.Html;
using Cem.Kernel.Text;
using Cem.Server.Questionnaires;
using Cem.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Tests.Questionnaires;

public sealed class FragmentsTests
{
    const string Hostile = """<script>alert(1)</script> \"{{nps}}\" =cmd""";

    [TestCase("nps", "\"type\": \"nps\", \"notApplicable\": true", "fieldset legend, .cells input[type=radio]", 12, "11")]
    [TestCase("csat 3", "\"type\": \"csat\", \"scale\": 3", "fieldset legend, .choices input[type=radio]", 4, "x")]
    [TestCase("csat 5", "\"type\": \"csat\", \"scale\": 5", "fieldset legend, .cells input[type=radio]", 6, "x")]
    [TestCase("ces", "\"type\": \"ces\"", "fieldset legend, .cells input[type=radio]", 8, "x")]
    [TestCase("shortText", "\"type\": \"shortText\", \"maxLength\": 9", "label[for], input[type=text]", 2, "ten letters")]
    [TestCase("longText", "\"type\": \"longText\", \"maxLength\": 9", "label[for], textarea", 2, "ten letters")]
    public async Task Each_type_draws_itself_with_native_inputs_its_error_and_nothing_unescaped(string name, string settings, string selector, int expected, string faulty)
    {
        await using var host = await CemHost.Run();
        var survey = Surveys.Make($$"""{"id": "q", "text": {"en": "{{Hostile}}", "zh-CN": "{{Hostile}}"}, "hint": {"en": "{{Hostile}}", "zh-CN": "{{Hostile}}"}, {{settings}}}""");

        var html = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Draw(host, survey, faulty));

        Assert.That(html.QuerySelectorAll(selector), Has.Length.EqualTo(expected), name);
        Assert.That(html.QuerySelector("script"), Is.Null);
        Assert.That(html.Body!.TextContent, Does.Contain("<script>alert(1)</script> \"{{nps}}\" =cmd"));
        Assert.That(html.QuerySelector("#q-q"), Is.Not.Null, "the error summary leads to the first input");
        Assert.That(html.QuerySelector(".wrong .error")!.Id, Is.EqualTo("q-q-error"));
        Assert.That(html.QuerySelector("[aria-describedby]")!.GetAttribute("aria-describedby"), Is.EqualTo("q-q-error q-q-hint"));
    }

    [TestCase("singleChoice", "radio")]
    [TestCase("multipleChoice", "checkbox")]
    public async Task Choices_draw_their_options_and_keep_what_was_chosen(string type, string input)
    {
        await using var host = await CemHost.Run();
        var survey = Surveys.Make(Surveys.Choice("q", "a b c", type: type));

        var html = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Draw(host, survey, "b"));

        Assert.That(html.QuerySelectorAll($"fieldset .choices input[type={input}][name=q]").Select(element => element.GetAttribute("value")), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(html.QuerySelectorAll("input[checked]").Select(element => element.GetAttribute("value")), Is.EqualTo(new[] { "b" }));
    }

    static string Draw(CemHost host, Questionnaire survey, string sent)
    {
        var reading = survey.ReadForm(survey.Steps[0], [new("q", sent)], new Server.Questionnaires.Answers(survey));
        var page = new RenderContext(Languages.English, TimeZoneInfo.Utc, CemHost.Start);
        var view = survey.Steps[0].View(Languages.English, reading.Entered, reading.Errors)[0];
        return host.Services.GetRequiredService<Templates>().Render(view.Template, view, page);
    }
}
