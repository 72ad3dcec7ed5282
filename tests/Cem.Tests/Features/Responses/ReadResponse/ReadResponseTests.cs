using System.Net;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.ReadResponse;

public sealed class ReadResponseTests
{
    [Test]
    public async Task The_page_tells_the_answers_in_words_and_the_dimensions_of_the_moment()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var id = (await collection.Submitted("s1", new { help = 2, wrong = new[] { "slow", "rude" }, nps = 7, nps_reason = "<b>price</b>" })).GetProperty("id").GetString();
        var browser = await host.SignedIn(Roles.Viewer);

        await browser.Open("/responses/" + id);

        Assert.That(browser.Page.QuerySelector("h1")!.TextContent, Is.EqualTo("Answer of c1"));
        Assert.That(browser.Page.QuerySelectorAll(".columns section:first-child h3, .columns section:first-child p, .columns section:first-child blockquote").Select(line => line.TextContent), Is.EqualTo(new[]
        {
            "How satisfied are you?", "2 (Dissatisfied)", "What went wrong?", "Slow", "Rude", "Would you recommend us?", "7", "What keeps you from recommending us?", "<b>price</b>",
        }));
        Assert.That(browser.Page.QuerySelector("dl.facts")!.TextContent, Does.Contain("Decision-maker").And.Contain("version 1").And.Contain("East"));
        Assert.That(browser.Page.QuerySelector("dl.facts a")!.GetAttribute("href"), Is.EqualTo("/accounts/a1"));
    }

    [Test]
    public async Task The_api_gives_one_response_as_it_lists_it()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var id = (await collection.Submitted("s1")).GetProperty("id").GetString();

        var one = await (await collection.Api.GetAsync("/api/v1/responses/" + id)).Json();
        var list = await (await collection.Api.GetAsync("/api/v1/responses")).Json();

        Assert.That(one.GetRawText(), Is.EqualTo(list.GetProperty("items")[0].GetRawText()));
        Assert.That(one.GetProperty("answers").GetRawText(), Is.EqualTo("""{"help":5,"nps":9}"""));
    }

    [Test]
    public async Task What_lies_outside_ones_org_units_does_not_exist_nor_does_what_is_unfinished()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var id = (await collection.Submitted("s1")).GetProperty("id").GetString();
        var key = await collection.Programme.BoundTo("west", Scopes.InsightsRead);
        var browser = await host.SignedIn(Roles.Manager, "west");

        await (await key.GetAsync("/api/v1/responses/" + id)).IsProblem(404, "response-not-found");
        await browser.Open("/responses/" + id);
        Assert.That(browser.Answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await (await collection.Api.GetAsync("/api/v1/responses/nonsense")).IsProblem(400, "malformed");
    }
}
