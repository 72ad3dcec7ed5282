using Cem.Kernel.Security;

namespace Cem.Tests.Features.Journeys.StartJourney;

public sealed class StartJourneyTests
{
    [Test]
    public async Task A_journey_starts_empty_and_opens_for_editing()
    {
        await using var atlas = await Atlas.Open(journey: false);
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await browser.Open("/journeys/new");
        var page = await browser.Submit("#journey", new Dictionary<string, object?> { ["name.en"] = "Renewals", ["name.zh-CN"] = "", ["code"] = "renewals" });

        Assert.That(browser.Address, Is.EqualTo("/journeys/renewals?mode=edit&done=created"));
        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("Renewals"));
        Assert.That(page.QuerySelector(".journey-end a"), Is.Not.Null);
        Assert.That((await atlas.Definition("renewals")).GetProperty("name").GetProperty("zh-CN").GetString(), Is.EqualTo("Renewals"));
    }

    [Test]
    public async Task A_variant_starts_as_a_copy()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await browser.Open("/journeys/new?variantOf=care");
        await browser.Submit("#journey", new Dictionary<string, object?> { ["name.en"] = "In the app", ["name.zh-CN"] = "移动端", ["code"] = "care-app", ["channel"] = "app", ["product"] = "" });

        var made = await atlas.Definition("care-app");
        Assert.That((made.GetProperty("variantOf").GetString(), made.GetProperty("variant").GetProperty("channel").GetString(), made.GetProperty("stages").GetArrayLength()), Is.EqualTo(("care", "app", 2)));
    }

    [TestCase("care", "", "There is, or was, a journey of this code")]
    [TestCase("x", "care", "which channel or product")]
    [TestCase("no code", "", "begins with a letter or digit")]
    public async Task What_is_wrong_is_said_and_what_was_typed_stays(string code, string variantOf, string said)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        await browser.Open("/journeys/new?variantOf=" + variantOf);
        var page = await browser.Submit("#journey", new Dictionary<string, object?> { ["name.en"] = "Typed & kept", ["code"] = code });

        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(page.QuerySelector(".error-summary")!.TextContent, Does.Contain(said));
        Assert.That(page.QuerySelector("[name='name.en']")!.GetAttribute("value"), Is.EqualTo("Typed & kept"));
    }
}
