using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.RemoveJourney;

public sealed class RemoveJourneyTests
{
    [Test]
    public async Task A_removed_journey_is_out_of_sight_and_can_be_put_again()
    {
        await using var atlas = await Atlas.Open();

        Assert.That((int)(await atlas.Api.DeleteAsync("/api/v1/journeys/care")).StatusCode, Is.EqualTo(204));
        Assert.That((int)(await atlas.Api.DeleteAsync("/api/v1/journeys/care")).StatusCode, Is.EqualTo(204));

        await (await atlas.Api.GetAsync("/api/v1/journeys/care")).IsProblem(404, "journey-not-found");
        Assert.That((await atlas.Read("/api/v1/journeys")).GetProperty("items").GetArrayLength(), Is.Zero);
        using var again = await atlas.Put("care");
        Assert.That(((int)again.StatusCode, again.Headers.ETag!.Tag), Is.EqualTo((201, "\"2\"")));
        await (await atlas.Api.DeleteAsync("/api/v1/journeys/nothing")).IsProblem(404, "journey-not-found");
    }

    [Test]
    public async Task One_with_variants_is_refused_with_their_names()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care-app", Atlas.Variant("app"))).Json();

        var refused = await atlas.Api.DeleteAsync("/api/v1/journeys/care");

        await refused.IsProblem(409, "has-variants");
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("care-app"));
    }
}
