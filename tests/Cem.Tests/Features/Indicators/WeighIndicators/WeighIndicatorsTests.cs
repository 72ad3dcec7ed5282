using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.WeighIndicators;

public sealed class WeighIndicatorsTests
{
    /// <summary>root > help (a, b, d), fit (c).</summary>
    static string Three => Shelf.Library.Replace("""{"code": "c",""", """{"code": "d", "name": {"en": "Tone", "zh-CN": "态度"}, "level": 3, "parent": "help"}, {"code": "c",""", StringComparison.Ordinal);

    [Test]
    public async Task Comparisons_that_agree_become_weights_from_a_day_on()
    {
        await using var shelf = await Shelf.Open(Three);
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open("/indicators/help/weights");
        var pairs = new Dictionary<string, object?> { ["method"] = "ahp", ["pairs.0.1"] = "3", ["pairs.0.2"] = "5", ["pairs.1.2"] = "2", ["validFrom"] = "2026-04-01" };

        var tried = await person.Submit("form.form-wide", pairs, ("act", "try"));
        var verdict = tried.QuerySelector("#verdict")!.TextContent;
        await person.Submit("form.form-wide", null, ("act", "save"));

        Assert.That(verdict, Does.Contain("CR = 0.00").And.Contain("agree"));
        Assert.That(person.Address, Is.EqualTo("/indicators/help/weights?done=saved"));
        Assert.That((await shelf.Read("/api/v1/indicators/a")).GetProperty("indicator").GetProperty("weight").GetDouble(), Is.EqualTo(0.6479).Within(0.001));
        var page = await person.Open("/indicators/help/weights");
        Assert.That(page.QuerySelector("[name='pairs.0.2'] option[selected]")!.GetAttribute("value"), Is.EqualTo("5"));
    }

    [Test]
    public async Task Comparisons_that_contradict_each_other_are_shown_with_their_ratio_and_refused()
    {
        await using var shelf = await Shelf.Open(Three);
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open("/indicators/help/weights");
        var crooked = new Dictionary<string, object?> { ["method"] = "ahp", ["pairs.0.1"] = "5", ["pairs.1.2"] = "5", ["pairs.0.2"] = "1/3" };

        var tried = (await person.Submit("form.form-wide", crooked, ("act", "try"))).QuerySelector("#verdict")!.TextContent;
        var saved = await person.Submit("form.form-wide", null, ("act", "save"));

        Assert.That(tried, Does.Contain("contradict each other").And.Contain("Look first at"));
        Assert.That(saved.QuerySelector("main")!.TextContent, Does.Contain("The judgements below 'help' contradict each other: CR ="));
        Assert.That((await shelf.Read("/api/v1/indicator-library/versions")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Weights_by_hand_are_saved_and_a_negative_one_is_refused()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open("/indicators/help/weights");

        var refused = await person.Submit("form.form-wide", new Dictionary<string, object?> { ["weights.0"] = "-2" }, ("act", "save"));
        await person.Submit("form.form-wide", new Dictionary<string, object?> { ["weights.0"] = "3" }, ("act", "save"));

        Assert.That(refused.QuerySelector("#f-weights-0-error")!.TextContent, Does.Contain("0 or more"));
        Assert.That((await shelf.Read("/api/v1/indicators/a")).GetProperty("share").GetDouble(), Is.EqualTo(0.75 * 0.75).Within(1e-9));
    }

    [Test]
    public async Task Entropy_weighs_by_what_tells_the_branches_apart()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        await (await shelf.Api.PutAsJsonAsync("/api/v1/org-units/shenzhen", new { name = "shenzhen", kind = "branch", parent = "west" })).Json();
        foreach (var (unit, good) in new[] { ("shanghai", 90), ("shenzhen", 10) })
        {
            await shelf.Answers("a", good, 100 - good, orgUnit: unit);
            await shelf.Answers("b", 50, 50, orgUnit: unit);
        }
        using var person = await shelf.Host.SignedIn(Roles.CxManager, language: "zh-CN");
        await person.Open("/indicators/help/weights");

        var tried = await person.Submit("form.form-wide", new Dictionary<string, object?> { ["method"] = "entropy" }, ("act", "try"));
        var rows = tried.QuerySelectorAll("#spread tbody tr").Length;
        await person.Submit("form.form-wide", null, ("act", "save"));

        Assert.That(rows, Is.EqualTo(2));
        Assert.That((await shelf.Read("/api/v1/indicators/a")).GetProperty("share").GetDouble(), Is.EqualTo(0.75).Within(1e-9));
    }

    [Test]
    public async Task Without_branches_to_tell_apart_entropy_is_refused_and_one_child_needs_no_weight()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open("/indicators/help/weights");

        var refused = await person.Submit("form.form-wide", new Dictionary<string, object?> { ["method"] = "entropy" }, ("act", "save"));

        Assert.That(refused.QuerySelector("main")!.TextContent, Does.Contain("at least two branches"));
        Assert.That((await person.Open("/indicators/fit/weights")).QuerySelector("main")!.TextContent, Does.Contain("Nothing to weigh"));
    }
}
