using Cem.Kernel.Security;
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

    [Test]
    public async Task The_page_says_what_uses_it_and_deletes_what_nothing_uses()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        var page = await browser.Open("/touchpoints/call");
        Assert.That(page.QuerySelectorAll("main li").Select(use => use.TextContent), Is.SupersetOf(new[] { "journey 'Care'", "indicator 'Help'" }));
        Assert.That(page.QuerySelector("form[action$='/delete']"), Is.Null);
        using var refused = await browser.Post("/touchpoints/call/delete");
        Assert.That(((int)refused.StatusCode, (await refused.Content.ReadAsStringAsync()).Contains("indicator &#39;Help&#39;", StringComparison.Ordinal)), Is.EqualTo((409, true)), await refused.Content.ReadAsStringAsync());
        await browser.Open("/touchpoints/renewal");
        await browser.Submit("form[action$='/delete']");

        Assert.That(browser.Address, Is.EqualTo("/touchpoints?done=deleted"));
        Assert.That(browser.Page.QuerySelectorAll("#touchpoints tbody tr"), Has.Length.EqualTo(2));
    }
}
