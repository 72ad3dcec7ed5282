using Cem.Kernel.Security;

namespace Cem.Tests.Features.Surveys.PreviewSurvey;

public sealed class PreviewSurveyTests
{
    [Test]
    public async Task The_draft_is_shown_on_two_phones_with_every_question_and_no_id_twice()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        using var viewer = await host.Host.SignedIn(Roles.Viewer);

        var page = await viewer.Open("/surveys/help/preview");

        Assert.That(page.QuerySelectorAll(".phone").Select(phone => phone.GetAttribute("lang")), Is.EqualTo(new[] { "zh-CN", "en" }));
        Assert.That(page.QuerySelectorAll(".phone[lang=en] .question legend, .phone[lang=en] .question label[for]").Select(legend => legend.TextContent.Split('(')[0].Trim()), Is.EqualTo(new[]
        {
            "How satisfied are you?", "What was wrong?", "Would you recommend us?", "Why did you give this score?", "Would you warn others off?", "May we contact you about this?",
        }));
        Assert.That(page.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(group => group.Count() > 1).Select(group => group.Key), Is.Empty);
        Assert.That(page.QuerySelector(".phone[lang=zh-CN] .optional")!.TextContent, Is.EqualTo("(选填)"));
        Assert.That(page.QuerySelectorAll(".phone[lang=en] .cells input"), Has.Length.EqualTo(11));
    }

    [Test]
    public async Task The_phones_wear_the_style_of_the_survey_page_and_nothing_else_does()
    {
        await using var host = await SurveyHost.Run();
        using var viewer = await host.Host.SignedIn(Roles.Viewer);

        var css = await viewer.Client.GetStringAsync("/survey-preview.css");

        Assert.That(css, Does.StartWith(".phone{").And.EndWith("}").And.Contain(".cells").And.Not.Contain("body{").And.Not.Contain(":root{"));
        Assert.That(css.Count(c => c == '{'), Is.EqualTo(css.Count(c => c == '}')));
    }
}
