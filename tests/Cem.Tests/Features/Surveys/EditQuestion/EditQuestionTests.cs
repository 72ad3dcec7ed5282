using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Surveys.EditQuestion;

public sealed class EditQuestionTests
{
    [Test]
    public async Task A_question_is_added_at_the_end_of_its_page_with_a_condition()
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open("/surveys/help/questions/new?page=0");
        Assert.That(manager.Page.QuerySelectorAll(".choice-list a"), Has.Length.EqualTo(7));
        await manager.Open("/surveys/help/questions/new?page=0&type=singleChoice");
        await manager.Submit("#question", Values(("id", "why"), ("text.en", "Why?"), ("text.zh-CN", "为什么？"), ("options", "a | Slow | 慢\nb | Rude | 差"),
            ("showWhen.question", "nps"), ("showWhen.comparison", "atMost"), ("showWhen.value", "6")), ("act", "save"));

        Assert.That(manager.Address, Is.EqualTo("/surveys/help?done=saved"), manager.Page.Body!.TextContent);
        Assert.That((await Questions(host))[3], Is.EqualTo(
            """{"id":"why","type":"singleChoice","text":{"en":"Why?","zh-CN":"为什么？"},"options":[{"code":"a","text":{"en":"Slow","zh-CN":"慢"}},{"code":"b","text":{"en":"Rude","zh-CN":"差"}}],"showWhen":{"question":"nps","atMost":6}}"""));
    }

    [Test]
    public async Task A_question_beyond_the_last_page_makes_a_new_one()
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open("/surveys/help/questions/new?page=9&type=longText");
        await manager.Submit("#question", Values(("id", "more"), ("text.en", "More?"), ("text.zh-CN", "还有吗？")), ("act", "save"));

        Assert.That((await host.Read("/api/v1/surveys/help")).GetProperty("definition").GetProperty("pages").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Faults_stand_at_the_fields_of_the_form()
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open("/surveys/help/questions/new?page=0&type=multipleChoice");
        await manager.Submit("#question", Values(("id", "nps"), ("text.en", "Why?"), ("options", "a | Slow | 慢\na | Rude |"), ("showWhen.question", "nps"), ("showWhen.comparison", "includes"), ("showWhen.value", "x")), ("act", "save"));

        Assert.That(manager.Page.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")).Distinct(),
            Is.EquivalentTo(new[] { "#f-id", "#f-text-zh-cn", "#f-options", "#f-showwhen-value" }));
        Assert.That(manager.Page.QuerySelector(".error-summary")!.TextContent, Does.Contain("Line 2:"));
        Assert.That(manager.Page.QuerySelector("textarea[name=options]")!.TextContent, Does.Contain("Rude"));
    }

    [Test]
    public async Task An_opened_form_saved_as_it_is_changes_nothing()
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);
        var before = await Questions(host);

        foreach (var id in new[] { "sat", "parts", "nps" })
        {
            await manager.Open($"/surveys/help/questions/{id}");
            await manager.Submit("#question", button: ("act", "save"));
        }

        Assert.That(await Questions(host), Is.EqualTo(before));
    }

    [Test]
    public async Task A_question_moves_up_and_down_and_over_the_edge_of_its_page()
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await Press(manager, "nps", "up");
        Assert.That(await Ids(host), Is.EqualTo("sat nps parts"));
        await Press(manager, "nps", "down");
        await Press(manager, "nps", "down");
        Assert.That(await Ids(host), Is.EqualTo("sat parts | nps"));
        await Press(manager, "nps", "up");
        Assert.That(await Ids(host), Is.EqualTo("sat parts nps"));
    }

    [Test]
    public async Task What_another_question_depends_on_can_neither_go_nor_move_behind_it()
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await Press(manager, "sat", "remove");
        Assert.That(manager.Page.QuerySelector(".error-summary")!.TextContent, Does.Contain("'parts'"));
        await Press(manager, "sat", "down");
        Assert.That(await Ids(host), Is.EqualTo("sat parts nps"));
        await Press(manager, "parts", "remove");
        await Press(manager, "sat", "remove");
        Assert.That(await Ids(host), Is.EqualTo("nps"));
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        foreach (var path in new[] { "/surveys/none/questions/nps", "/surveys/help/questions/none", "/surveys/help/questions/nps_reason" })
        {
            await manager.Open(path);
            Assert.That((int)manager.Answer.StatusCode, Is.EqualTo(404), path);
        }
    }

    static async Task Press(Browser browser, string question, string act)
    {
        await browser.Open($"/surveys/help/questions/{question}");
        await browser.Submit("#question", button: ("act", act));
    }

    static async Task<SurveyHost> Ready()
    {
        var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        return host;
    }

    static async Task<List<string>> Questions(SurveyHost host) =>
        [.. (await host.Read("/api/v1/surveys/help")).GetProperty("definition").GetProperty("pages")[0].GetProperty("questions").EnumerateArray().Select(question => question.GetRawText())];

    static async Task<string> Ids(SurveyHost host) => string.Join(" | ", (await host.Read("/api/v1/surveys/help")).GetProperty("definition").GetProperty("pages").EnumerateArray()
        .Select(page => string.Join(' ', page.GetProperty("questions").EnumerateArray().Select(question => question.GetProperty("id").GetString()))));

    static Dictionary<string, object?> Values(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => (object?)field.Value);
}
