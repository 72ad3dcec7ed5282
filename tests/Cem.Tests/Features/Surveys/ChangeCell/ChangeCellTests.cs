using Cem.Kernel.Security;

namespace Cem.Tests.Features.Surveys.ChangeCell;

public sealed class ChangeCellTests
{
    [Test]
    public async Task A_gap_is_filled_changed_and_cleared_by_form()
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open("/survey-matrix/support/user");
        await manager.Submit("#cell", new { survey = "help", trigger = "ticket.closed", delayMinutes = "90", sampling = "50" });
        Assert.That(manager.Address, Is.EqualTo("/survey-matrix?done=saved"));
        var filled = (await host.Read("/api/v1/survey-matrix")).GetProperty("cells")[0].GetRawText();
        await manager.Open("/survey-matrix/support/user");
        await manager.Submit("#cell", new { channel = "link", active = false });
        Assert.That(manager.Page.QuerySelector("td:not(.matrix-gap)")?.TextContent, Does.Contain("paused"), manager.Page.Body!.TextContent);
        var changed = (await host.Read("/api/v1/survey-matrix")).GetProperty("cells")[0].GetRawText();
        await manager.Open("/survey-matrix/support/user");
        await manager.Submit("#clear");

        Assert.That(filled, Is.EqualTo("""{"touchpoint":"support","role":"user","survey":"help","trigger":"ticket.closed","delayMinutes":90,"channel":"email","sampling":0.5,"active":true}"""));
        Assert.That(changed, Is.EqualTo("""{"touchpoint":"support","role":"user","survey":"help","trigger":"ticket.closed","delayMinutes":90,"channel":"link","sampling":0.5,"active":false}"""));
        Assert.That((await host.Read("/api/v1/survey-matrix")).GetProperty("cells").GetArrayLength(), Is.Zero);
    }

    [TestCase("survey", "")]
    [TestCase("survey", "draft")]
    [TestCase("trigger", " ")]
    [TestCase("delayMinutes", "soon")]
    [TestCase("sampling", "0")]
    [TestCase("sampling", "101")]
    [TestCase("channel", "pigeon")]
    public async Task What_makes_no_sense_is_shown_at_its_field_with_what_was_typed(string field, string value)
    {
        await using var host = await Ready();
        await host.PutSurvey("draft");
        using var manager = await host.Host.SignedIn(Roles.CxManager);
        await manager.Open("/survey-matrix/support/user");

        var values = new Dictionary<string, object?> { ["survey"] = "help", ["trigger"] = "ticket.closed", ["delayMinutes"] = "1", ["sampling"] = "100", [field] = value };
        var page = await manager.Submit("#cell", values);

        Assert.That((int)manager.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(page.QuerySelector(".error-summary a")!.GetAttribute("href"), Is.EqualTo($"#f-{field.ToLowerInvariant()}"));
        Assert.That((await host.Read("/api/v1/survey-matrix")).GetProperty("cells").GetArrayLength(), Is.Zero);
    }

    [TestCase("/survey-matrix/nowhere/user")]
    [TestCase("/survey-matrix/support/boss")]
    public async Task A_place_that_the_matrix_has_not_is_not_found(string path)
    {
        await using var host = await Ready();
        using var manager = await host.Host.SignedIn(Roles.CxManager);

        await manager.Open(path);

        Assert.That((int)manager.Answer.StatusCode, Is.EqualTo(404));
    }

    static async Task<SurveyHost> Ready()
    {
        var host = await SurveyHost.Run();
        await host.Published("help");
        await host.Touchpoint("support");
        return host;
    }
}
