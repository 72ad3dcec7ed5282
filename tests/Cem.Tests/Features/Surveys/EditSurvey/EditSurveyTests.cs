using Cem.Kernel.Security;

namespace Cem.Tests.Features.Surveys.EditSurvey;

public sealed class EditSurveyTests
{
    [Test]
    public async Task A_survey_is_started_with_a_first_question()
    {
        await using var host = await SurveyHost.Run();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open("/surveys/new");
        await manager.Submit("#survey", Values(("code", "trip"), ("title.en", "Your trip"), ("title.zh-CN", "您的行程"), ("minutes", "2")));

        Assert.That(manager.Address, Is.EqualTo("/surveys/trip?done=saved"), manager.Page.Body!.TextContent);
        Assert.That(manager.Page.QuerySelector(".flash")?.TextContent, Does.Contain("Saved"), manager.Page.Body!.TextContent);
        var definition = (await host.Read("/api/v1/surveys/trip")).GetProperty("definition");
        Assert.That(definition.GetProperty("minutes").GetInt32(), Is.EqualTo(2));
        Assert.That(definition.GetProperty("pages")[0].GetProperty("questions")[0].GetProperty("id").GetString(), Is.EqualTo("nps"));
    }

    [Test]
    public async Task A_taken_code_and_missing_words_are_told_at_their_fields()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open("/surveys/new");
        await manager.Submit("#survey", Values(("code", "trip"), ("title.en", "Your trip"), ("minutes", "99")));
        Assert.That(manager.Page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { "#f-title-zh-cn", "#f-minutes" }));
        await manager.Submit("#survey", Values(("code", "help"), ("title.zh-CN", "您的行程"), ("minutes", "")));
        Assert.That(manager.Page.QuerySelector(".error-summary a")!.GetAttribute("href"), Is.EqualTo("#f-code"));
    }

    [Test]
    public async Task The_words_of_a_draft_are_changed_and_its_questions_stay()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        var before = (await host.Read("/api/v1/surveys/help")).GetProperty("definition").GetProperty("pages").GetRawText();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open("/surveys/help/edit");
        await manager.Submit("#survey", Values(("title.en", "Help & more"), ("intro.en", ""), ("intro.zh-CN", "")));

        var definition = (await host.Read("/api/v1/surveys/help")).GetProperty("definition");
        Assert.That(definition.GetProperty("title").GetProperty("en").GetString(), Is.EqualTo("Help & more"));
        Assert.That(definition.TryGetProperty("intro", out _), Is.False);
        Assert.That(definition.GetProperty("pages").GetRawText(), Is.EqualTo(before));
    }

    [Test]
    public async Task What_somebody_else_changed_meanwhile_is_not_overwritten()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        using var manager = await host.Host.SignedIn(Roles.CxManager);
        await manager.Open("/surveys/help/edit");
        await host.PutSurvey("help", SurveyHost.Definition.Replace("Our help", "Their help", StringComparison.Ordinal));

        await manager.Submit("#survey", Values(("title.en", "My help")));

        Assert.That((int)manager.Answer.StatusCode, Is.EqualTo(412));
        Assert.That((await host.Read("/api/v1/surveys/help")).GetProperty("title").GetProperty("en").GetString(), Is.EqualTo("Their help"));
    }

    [Test]
    public async Task The_JSON_editor_tells_every_fault_with_its_place_and_keeps_what_was_typed()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        using var manager = await host.Host.SignedIn(Roles.CxManager);
        await manager.Open("/surveys/help/json");
        var json = manager.Page.QuerySelector("textarea")!.TextContent;

        await manager.Submit("#json", new { definition = "{" });
        Assert.That(manager.Page.QuerySelector(".error-summary")!.TextContent, Does.Contain("line 1"));
        await manager.Submit("#json", new { definition = json.Replace("\"nps\"", "\"stars\"", StringComparison.Ordinal) });
        Assert.That(manager.Page.QuerySelector(".error-summary")!.TextContent, Does.Contain("/pages/0/questions/2/type:"));
        Assert.That(manager.Page.QuerySelector("textarea")!.TextContent, Does.Contain("\"stars\""));
        await manager.Submit("#json", new { definition = json.Replace("\"minutes\": 2", "\"minutes\": 4", StringComparison.Ordinal) });
        Assert.That((await host.Read("/api/v1/surveys/help")).GetProperty("definition").GetProperty("minutes").GetInt32(), Is.EqualTo(4));
    }

    static Dictionary<string, object?> Values(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => (object?)field.Value);
}
