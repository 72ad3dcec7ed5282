using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.ReadJourney;

public sealed class ReadJourneyTests
{
    [Test]
    public async Task A_journey_is_read_with_its_tag_and_its_variants()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care-app", Atlas.Variant("app"))).Json();

        using var answer = await atlas.Api.GetAsync("/api/v1/journeys/care");
        var journey = await answer.Json();

        Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"1\""));
        Assert.That(journey.GetProperty("variants")[0].GetString(), Is.EqualTo("care-app"));
        Assert.That(journey.GetProperty("definition").GetProperty("stages")[1].GetProperty("scenes")[0].GetProperty("momentThatMatters").GetBoolean(), Is.True);
        await (await atlas.Api.GetAsync("/api/v1/journeys/nothing")).IsProblem(404, "journey-not-found");
    }

    [Test]
    public async Task The_file_holds_the_journey_its_variants_and_the_names_of_its_touchpoints()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care-app", Atlas.Variant("app"))).Json();
        using var browser = await atlas.Host.SignedIn(Roles.Viewer);

        using var answer = await browser.Client.GetAsync("/journeys/care/export");
        var file = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());

        Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("journey-care.json"));
        Assert.That(file.GetProperty("journeys").EnumerateArray().Select(journey => journey.GetProperty("code").GetString()), Is.EqualTo(new[] { "care", "care-app" }));
        Assert.That(file.GetProperty("touchpoints").EnumerateArray().Select(touchpoint => touchpoint.GetProperty("code").GetString()), Is.EqualTo(new[] { "call", "sync" }));
    }
}
