using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.ImportJourneys;

public sealed class ImportJourneysTests
{
    [Test]
    public async Task What_one_server_exports_another_imports_with_variants_and_touchpoints()
    {
        string file;
        await using (var atlas = await Atlas.Open())
        {
            await (await atlas.Put("care-app", Atlas.Variant("app").Replace("\"indicator\":\"speed\"", "\"indicator\":null", StringComparison.Ordinal))).Json();
            await (await atlas.Put("care", Atlas.Journey.Replace(", \"indicator\": \"speed\"", "", StringComparison.Ordinal))).Json();
            using var from = await atlas.Host.SignedIn(Roles.CxManager);
            file = await from.Client.GetStringAsync("/journeys/care/export");
        }
        await using var host = await CemHost.Run();
        using var browser = await host.SignedIn(Roles.CxManager);

        await browser.Open("/journeys/import");
        await browser.Submit("#import", new Dictionary<string, object?> { ["text"] = file });

        Assert.That(browser.Address, Is.EqualTo("/journeys/care?done=imported"));
        Assert.That(await browser.Client.GetStringAsync("/journeys/care/export"), Is.EqualTo(file));
    }

    [Test]
    public async Task A_journey_that_is_there_is_replaced_only_when_asked_for()
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);
        var file = Atlas.With(journey => journey["code"] = "care").Replace("Care", "Cared", StringComparison.Ordinal);

        await browser.Open("/journeys/import");
        await browser.Submit("#import", new Dictionary<string, object?> { ["text"] = file });
        Assert.That(browser.Page.QuerySelector(".error-summary")!.TextContent, Does.Contain("care"));
        await browser.Submit("#import", new Dictionary<string, object?> { ["text"] = file, ["replace"] = "on" });

        Assert.That((await atlas.Definition()).GetProperty("name").GetProperty("en").GetString(), Is.EqualTo("Cared"));
        Assert.That((await atlas.Read("/api/v1/journeys/care/versions")).GetProperty("items").GetArrayLength(), Is.EqualTo(2));
    }

    [TestCase("", "Choose a file")]
    [TestCase("no json", "This is not a journey as JSON")]
    [TestCase("[]", "This is not a journey as JSON")]
    [TestCase("{}", "This is not a journey as JSON")]
    [TestCase("""{"journeys": []}""", "needs a code")]
    [TestCase("""{"journeys": [null]}""", "no journeys in it")]
    [TestCase("""{"journeys": [{"code": "a b", "name": {"en": "x", "zh-CN": "x"}, "stages": []}]}""", "needs a code")]
    [TestCase("""{"journeys": [{"code": "a", "name": {"en": "x", "zh-CN": "x"}, "stages": [{"code": "s", "name": {"en": "x", "zh-CN": "x"}, "scenes": [{"code": "c", "name": {"en": "x", "zh-CN": "x"}, "touchpoints": ["gone"]}]}]}]}""", "There is no touchpoint 'gone'")]
    [TestCase("""{"journeys": [{"code": "a", "name": {"en": "x", "zh-CN": "x"}, "stages": []}, {"code": "b", "name": {"en": "", "zh-CN": ""}, "stages": []}]}""", "b/name/en")]
    public async Task What_is_wrong_with_a_file_is_said_and_nothing_of_it_is_taken(string file, string said)
    {
        await using var atlas = await Atlas.Open(journey: false);
        using var browser = await atlas.Host.SignedIn(Roles.Administrator);

        await browser.Open("/journeys/import");
        await browser.Submit("#import", new Dictionary<string, object?> { ["text"] = file });

        Assert.That((int)browser.Answer.StatusCode, Is.AnyOf(400, 422));
        Assert.That(browser.Page.QuerySelector(".error-summary")!.TextContent, Does.Contain(said));
        Assert.That((await atlas.Read("/api/v1/journeys")).GetProperty("items").GetArrayLength(), Is.Zero);
    }
}
