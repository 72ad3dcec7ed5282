using Cem.Kernel.Security;
using Cem.Server.Questionnaires;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Surveys.ReadSurvey;

public sealed class ReadSurveyTests
{
    [Test]
    public async Task A_survey_is_read_with_its_draft_and_what_was_read_can_be_put_back()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");

        var answer = await host.Api.GetAsync("/api/v1/surveys/help");
        var survey = await answer.Json();

        Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"1\""));
        Assert.That(survey.GetProperty("definition").GetRawText(), Is.EqualTo(SurveyDefinition.Stored(SurveyHost.Definition).Write()));
        Assert.That(survey.GetProperty("changed").GetBoolean(), Is.False);
        Assert.That(survey.GetProperty("versions")[0].GetProperty("version").GetInt32(), Is.EqualTo(1));
        Assert.That((await host.PutSurvey("help", survey.GetProperty("definition").GetRawText(), "\"1\"")).Headers.ETag!.Tag, Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task An_older_version_is_read_as_it_was_frozen_by_api_and_by_page()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");
        await host.PutSurvey("help", SurveyHost.Definition.Replace("How satisfied are you?", "How <happy> are you?", StringComparison.Ordinal));
        await host.Publish("help");
        using var viewer = await host.Host.SignedIn(Roles.Viewer);

        var first = await host.Read("/api/v1/surveys/help/versions/1");
        var second = await host.Read("/api/v1/surveys/help/versions/2");
        await viewer.Open("/surveys/help");
        await viewer.Open(viewer.Page.QuerySelector("a[href='/surveys/help/versions/1']")!.GetAttribute("href")!);

        Assert.That(first.GetProperty("definition").GetRawText(), Is.EqualTo(SurveyDefinition.Stored(SurveyHost.Definition).Write()));
        Assert.That(first.GetProperty("publishedBy").GetString(), Is.EqualTo("test"));
        Assert.That(second.GetProperty("definition").GetRawText(), Does.Contain("How <happy> are you?").Or.Contain("\\u003Chappy"));
        Assert.That(viewer.Page.Body!.TextContent, Does.Contain("Version 1").And.Contain("How satisfied are you?").And.Contain("shown when sat is at most 2 (So-so)").And.Not.Contain("happy"));
    }

    [TestCase("help/versions/2")]
    [TestCase("help/versions/0")]
    [TestCase("none/versions/1")]
    public async Task A_version_that_is_not_there_is_not_found(string path)
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");

        await (await host.Api.GetAsync("/api/v1/surveys/" + path)).IsProblem(404, "version-not-found");
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        await using var host = await SurveyHost.Run();

        await (await host.Api.GetAsync("/api/v1/surveys/none")).IsProblem(404, "survey-not-found");
    }

    [Test]
    public async Task A_published_survey_leads_to_its_results_and_a_draft_has_none()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("draft");
        await host.Published("help");
        using var viewer = await host.Host.SignedIn(Roles.Viewer);

        var draft = await viewer.Open("/surveys/draft");
        var link = (await viewer.Open("/surveys/help")).QuerySelector("a[href='/surveys/help/results']");
        await viewer.Open("/surveys/help/results");

        Assert.That(draft.QuerySelector("a[href$='/results']"), Is.Null);
        Assert.That(link, Is.Not.Null);
        Assert.That((int)viewer.Answer.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task The_page_tells_the_logic_in_words_and_what_publishing_changes()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");
        await host.PutSurvey("help", SurveyHost.Definition.Replace("\"scale\": 3", "\"scale\": 5", StringComparison.Ordinal));
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        var text = (await manager.Open("/surveys/help")).Body!.TextContent;

        Assert.That(text, Does.Contain("shown when sat is at most 2 (Dissatisfied)").And.Contain("shown when nps is at most 6"));
        Assert.That(text, Does.Contain("Publishing ends or breaks trends").And.Contain("'sat' was csat 3"));
    }

    [Test]
    public async Task Publishing_by_the_page_publishes_what_was_seen()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open("/surveys/help");
        await manager.Submit("form[action='/surveys/help/publish']");

        Assert.That(manager.Page.QuerySelector(".flash")!.TextContent, Does.Contain("Published"));
        Assert.That(manager.Page.QuerySelector("form[action='/surveys/help/publish']"), Is.Null);
        Assert.That((await host.Read("/api/v1/surveys/help")).GetProperty("publishedVersion").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Viewers_see_it_and_cannot_change_it()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        using var viewer = await host.Host.SignedIn(Roles.Viewer);

        Assert.That((await viewer.Open("/surveys/help")).QuerySelectorAll("main form, main a[href$='/edit']"), Is.Empty);
        Assert.That((int)(await viewer.Post("/surveys/help/publish", ("ifMatch", ""))).StatusCode, Is.EqualTo(403));
    }
}
