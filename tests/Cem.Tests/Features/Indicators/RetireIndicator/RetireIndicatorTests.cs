using Cem.Kernel.Security;
using Cem.Tests.Features.Journeys;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.RetireIndicator;

public sealed class RetireIndicatorTests
{
    [Test]
    public async Task A_retired_indicator_counts_no_more_from_its_day_and_stays_in_what_was_before()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        var retired = await (await Retire(shelf, "a", """{"validFrom": "2026-04-01", "note": "asked no more"}""")).Json();
        var again = await (await Retire(shelf, "a")).Json();

        Assert.That((retired.GetProperty("version").GetInt32(), retired.GetProperty("validFrom").GetString()), Is.EqualTo((2, "2026-04-01")));
        Assert.That(again.GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That((await shelf.Read("/api/v1/indicators/a")).GetProperty("indicator").GetProperty("retired").GetBoolean(), Is.True);
        Assert.That((await shelf.Read("/api/v1/indicators/scores?to=2026-03-11")).GetProperty("indicators").GetArrayLength(), Is.EqualTo(6));
        Assert.That((await shelf.Read("/api/v1/indicators/scores?to=2026-04-02")).GetProperty("indicators").GetArrayLength(), Is.EqualTo(5));
    }

    [TestCase("help", "below it are a, b")]
    [TestCase("root", "the north star")]
    public async Task What_others_stand_on_is_refused_by_name(string code, string named)
    {
        await using var shelf = await Shelf.Open(Shelf.Library);

        var refused = await Retire(shelf, code);

        await refused.IsProblem(422, "indicator-in-use");
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain(named));
    }

    [Test]
    public async Task What_a_journey_is_measured_by_is_refused_with_the_name_of_the_journey()
    {
        await using var atlas = await Atlas.Open();

        var refused = await atlas.Api.PostAsync("/api/v1/indicators/speed:retire", null);

        await refused.IsProblem(422, "indicator-in-use");
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("the service blueprint of 'Care'"));
    }

    [Test]
    public async Task Judgements_of_those_that_remain_hold_on()
    {
        await using var shelf = await Shelf.Open(Shelf.With("help", "weighting", """{"method": "ahp", "children": ["a", "b"], "matrix": [[1, 3], [0.333, 1]]}"""));

        await (await Retire(shelf, "a")).Json();

        var help = (await shelf.Read("/api/v1/indicators/help")).GetProperty("indicator");
        Assert.That(help.GetProperty("weighting").GetProperty("children").EnumerateArray().Select(code => code.GetString()), Is.EqualTo(new[] { "b" }));
        Assert.That((await shelf.Read("/api/v1/indicators/b")).GetProperty("share").GetDouble(), Is.EqualTo(0.75).Within(1e-9));
    }

    [Test]
    public async Task It_is_retired_on_its_page_and_taken_up_again_by_saving_it()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open((await person.Open("/indicators/b/edit")).QuerySelector("#retire a")!.GetAttribute("href")!);

        await person.Submit("#retire", new { note = "asked no more" });

        Assert.That(person.Address, Is.EqualTo("/indicators?done=retired#b"));
        Assert.That((await person.Open("/indicators/b/edit")).QuerySelector("h1")!.TextContent, Does.Contain("Retired"));
        await person.Submit("#indicator", null);
        Assert.That((await shelf.Read("/api/v1/indicators/b")).GetProperty("indicator").GetProperty("retired").GetBoolean(), Is.False);
    }

    [TestCase("help", "2026-03-12", "below it are a, b")]
    [TestCase("b", "2026-03-01", "today at the earliest")]
    [TestCase("b", "soon", "Write the day as")]
    public async Task A_refused_retirement_keeps_what_was_typed(string code, string day, string why)
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open($"/indicators/{code}/retire");

        var page = await person.Submit("#retire", new { validFrom = day, note = "asked <b>no</b> more" });

        Assert.That((int)person.Answer.StatusCode, Is.EqualTo(422));
        Assert.That(page.QuerySelector(".error-summary")!.TextContent, Does.Contain(why));
        Assert.That((page.QuerySelector("[name=validFrom]")!.GetAttribute("value"), page.QuerySelector("[name=note]")!.GetAttribute("value")), Is.EqualTo((day, "asked <b>no</b> more")));
    }

    [Test]
    public async Task Nobody_but_the_programme_may()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        var reader = await shelf.Host.WithKey(Scopes.InsightsRead);

        await (await reader.PostAsync("/api/v1/indicators/b:retire", null)).IsProblem(403, "forbidden");
        await (await Retire(shelf, "moon")).IsProblem(404, "indicator-not-found");
    }

    static Task<HttpResponseMessage> Retire(Shelf shelf, string code, string? body = null) =>
        shelf.Api.PostAsync($"/api/v1/indicators/{code}:retire", body is null ? null : new StringContent(body, null, "application/json"));
}
