using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.ReadIndicator;

public sealed class ReadIndicatorTests
{
    [Test]
    public async Task An_indicator_is_read_with_what_stands_below_it_and_its_share()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        var help = await shelf.Read("/api/v1/indicators/help");

        Assert.That(help.GetProperty("children").EnumerateArray().Select(code => code.GetString()), Is.EqualTo(new[] { "a", "b" }));
        Assert.That((help.GetProperty("share").GetDouble(), help.GetProperty("state").GetString()), Is.EqualTo((0.75, "inEffect")));
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        await using var shelf = await Shelf.Open();

        await (await shelf.Api.GetAsync("/api/v1/indicators/help")).IsProblem(404, "indicator-not-found");
        await (await shelf.Put(Shelf.Library)).Json();
        await (await shelf.Api.GetAsync("/api/v1/indicators/moon")).IsProblem(404, "indicator-not-found");
        await (await shelf.Api.GetAsync("/api/v1/indicators/help?version=9")).IsProblem(404, "version-not-found");
    }
}
