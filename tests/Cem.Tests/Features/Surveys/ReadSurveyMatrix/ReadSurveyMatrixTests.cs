using System.Net;
using Cem.Kernel.Security;

namespace Cem.Tests.Features.Surveys.ReadSurveyMatrix;

public sealed class ReadSurveyMatrixTests
{
    [Test]
    public async Task The_cells_stand_in_the_order_of_the_touchpoints_and_can_be_put_back_as_read()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");
        await host.Touchpoint("a-late-one", 2);
        await host.Touchpoint("z-early-one", 1);
        await host.Put("/api/v1/survey-matrix", """
            {"cells": [{"touchpoint": "a-late-one", "role": "user", "survey": "help", "trigger": "x", "channel": "link"}, {"touchpoint": "z-early-one", "role": "purchaser", "survey": "help", "trigger": "y"}]}
            """);

        var answer = await host.Api.GetAsync("/api/v1/survey-matrix");
        var body = await answer.Content.ReadAsStringAsync();

        Assert.That(body, Is.EqualTo("""
            {"cells":[{"touchpoint":"z-early-one","role":"purchaser","survey":"help","trigger":"y","delayMinutes":0,"channel":"email","sampling":1,"active":true},{"touchpoint":"a-late-one","role":"user","survey":"help","trigger":"x","delayMinutes":0,"channel":"link","sampling":1,"active":true}]}
            """.Trim()));
        Assert.That((await host.Put("/api/v1/survey-matrix", body, answer.Headers.ETag!.Tag)).Headers.ETag!.Tag, Is.EqualTo(answer.Headers.ETag.Tag));
    }

    [Test]
    public async Task A_key_without_the_scope_is_refused()
    {
        await using var host = await SurveyHost.Run();

        Assert.That((await (await host.Host.WithKey(Scopes.EventsWrite)).GetAsync("/api/v1/survey-matrix")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task On_the_page_an_empty_cell_is_a_visible_gap()
    {
        await using var host = await SurveyHost.Run();
        using var viewer = await host.Host.SignedIn(Roles.Viewer);
        Assert.That((await viewer.Open("/survey-matrix")).Body!.TextContent, Does.Contain("No touchpoints yet"));
        await host.Published("help");
        await host.Touchpoint("support");
        await host.Put("/api/v1/survey-matrix", """{"cells": [{"touchpoint": "support", "role": "user", "survey": "help", "trigger": "ticket.closed", "delayMinutes": 90, "sampling": 0.5}]}""");

        var page = await viewer.Open("/survey-matrix");

        Assert.That(page.QuerySelectorAll("td.matrix-gap"), Has.Length.EqualTo(3));
        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo("1 cell asks; gaps: 3."));
        Assert.That(page.QuerySelector("td:not(.matrix-gap)")!.TextContent, Does.Contain("Our help").And.Contain("ticket.closed").And.Contain("50%").And.Contain("none sent"));
        Assert.That(page.QuerySelectorAll("main td a[href^='/survey-matrix/']"), Is.Empty);
    }
}
