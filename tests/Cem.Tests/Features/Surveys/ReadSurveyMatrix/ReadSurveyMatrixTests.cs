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
}
