using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.DeleteTouchpoint;

public sealed class DeleteTouchpointTests
{
    [Test]
    public async Task One_that_nothing_hangs_on_is_deleted()
    {
        await using var atlas = await Atlas.Open();

        Assert.That((int)(await atlas.Api.DeleteAsync("/api/v1/touchpoints/renewal")).StatusCode, Is.EqualTo(204));

        await (await atlas.Api.DeleteAsync("/api/v1/touchpoints/renewal")).IsProblem(404, "touchpoint-not-found");
    }

    [Test]
    public async Task One_in_use_is_refused_with_everything_that_uses_it()
    {
        await using var atlas = await Atlas.Open();
        await atlas.Recommend("call", 1, 0);
        await (await atlas.Api.PutAsync("/api/v1/surveys/help", Atlas.Body("""{"kind": "touchpoint", "title": {"en": "Help", "zh-CN": "服务"}, "pages": [{"questions": [{"id": "nps", "type": "nps", "text": {"en": "?", "zh-CN": "？"}}]}]}"""))).Json();
        await (await atlas.Api.PostAsync("/api/v1/surveys/help:publish", Atlas.Body("{}"))).Json();
        await (await atlas.Api.PutAsync("/api/v1/survey-matrix", Atlas.Body("""{"cells": [{"touchpoint": "call", "role": "user", "survey": "help", "trigger": "ticket.closed"}]}"""))).Json();

        var refused = await atlas.Api.DeleteAsync("/api/v1/touchpoints/call");

        await refused.IsProblem(409, "touchpoint-in-use");
        var said = (await refused.Content.ReadAsStringAsync()).Replace("\\u0027", "'", StringComparison.Ordinal);
        foreach (var use in new[] { "journey 'Care'", "survey matrix 'user: help'", "indicator 'Help'", "what customers answered there" })
            Assert.That(said, Does.Contain(use));
        Assert.That((await atlas.Read("/api/v1/touchpoints")).GetProperty("items").GetArrayLength(), Is.EqualTo(3));
    }
}
