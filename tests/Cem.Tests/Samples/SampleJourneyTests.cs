using System.Text.Json;

namespace Cem.Tests.Samples;

/// <summary>The journeys of the sample hang on what the sample has.</summary>
public sealed class SampleJourneyTests
{
    static readonly IReadOnlyList<JsonElement> Journeys = [.. SampleFiles.Json("journey.json").GetProperty("journeys").EnumerateArray()];

    [Test]
    public void Every_touchpoint_and_every_indicator_named_is_there()
    {
        var touchpoints = SampleFiles.Json("touchpoints.json").EnumerateArray().Select(each => each.Text("code")).ToHashSet();
        var indicators = SampleFiles.Json("indicator-library.json").GetProperty("indicators").EnumerateArray().Select(each => each.Text("code")).ToHashSet();
        var stages = Journeys.SelectMany(journey => journey.GetProperty("stages").EnumerateArray()).ToList();
        var rows = stages.SelectMany(stage => stage.GetProperty("blueprint").EnumerateObject()).SelectMany(lane => lane.Value.EnumerateArray()).ToList();
        var hung = stages.SelectMany(stage => stage.GetProperty("scenes").EnumerateArray()).SelectMany(scene => scene.GetProperty("touchpoints").EnumerateArray()).Select(code => code.GetString()).ToHashSet();

        Assert.That(hung, Is.SubsetOf(touchpoints));
        Assert.That(touchpoints, Is.SubsetOf(hung), "a touchpoint of the sample is on no journey");
        Assert.That(rows.Select(row => row.Text("indicator")).OfType<string>().Distinct(), Is.SubsetOf(indicators));
        Assert.That(rows.Count(row => row.TryGetProperty("indicator", out _)), Is.GreaterThan(5));
    }

    [Test]
    public void A_journey_stands_by_itself_and_a_variant_follows_it()
    {
        Assert.That(Journeys.Select(journey => journey.Text("variantOf")), Is.EqualTo(new[] { null, Journeys[0].Text("code") }));
        Assert.That(Journeys[1].GetProperty("variant").Text("channel"), Is.EqualTo("app"));
    }
}
