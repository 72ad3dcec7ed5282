using Cem.Kernel.Security;
using Cem.Tests.Features.OperationalData;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators.EditIndicator;

public sealed class EditIndicatorTests
{
    [TestCase("root")]
    [TestCase("help")]
    [TestCase("a")]
    public async Task Saving_a_form_as_it_is_changes_nothing(string code)
    {
        await using var shelf = await Shelf.Open(Shelf.With("help", "targets", """{"east": 85, "west": 70.5}"""));
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open($"/indicators/{code}/edit");

        await person.Submit("#indicator", null);

        Assert.That(person.Address, Is.EqualTo($"/indicators?done=saved#{code}"));
        Assert.That((await shelf.Read("/api/v1/indicator-library/versions")).GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_indicator_of_o_data_is_added_by_form_alone()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await Shelf.PublishSurveys(desk.Api);
        await (await desk.Api.PutAsync("/api/v1/indicator-library", new StringContent(Shelf.Library, null, "application/json"))).Json();
        using var person = await host.SignedIn(Roles.CxManager);
        await person.Open("/indicators/new?parent=fit");

        await person.Submit("#indicator", new Dictionary<string, object?>
        {
            ["code"] = "reply", ["name.en"] = "First reply", ["name.zh-CN"] = "首次响应", ["definition.en"] = "Minutes until <somebody> answers", ["kind"] = "operational",
            ["measure.type"] = "count", ["measure.data"] = "tickets/", ["best"] = "0", ["worst"] = "40", ["threshold"] = "20", ["targets.0.unit"] = "east", ["targets.0.value"] = "5",
            ["validFrom"] = "2026-04-01", ["note"] = "New desk", ["levels.3.en"] = "Step",
        });

        Assert.That(person.Address, Is.EqualTo("/indicators?done=saved#reply"));
        var read = await (await desk.Api.GetAsync("/api/v1/indicators/reply")).Json();
        var it = read.GetProperty("indicator");
        Assert.That((it.GetProperty("level").GetInt32(), it.GetProperty("parent").GetString(), it.GetProperty("kind").GetString(), it.GetProperty("domain").GetString(), it.GetProperty("threshold").GetDouble()), Is.EqualTo((3, "fit", "o", "operational", 20.0)));
        Assert.That(it.GetProperty("measure").GetProperty("source").GetString(), Is.EqualTo("tickets"));
        Assert.That(it.GetProperty("targets").GetProperty("east").GetDouble(), Is.EqualTo(5));
        Assert.That((read.GetProperty("validFrom").GetString(), read.GetProperty("state").GetString()), Is.EqualTo(("2026-04-01", "pending")));
        var library = await (await desk.Api.GetAsync("/api/v1/indicator-library?version=2")).Json();
        Assert.That(library.GetProperty("levelNames")[2].GetProperty("en").GetString(), Is.EqualTo("Step"));
        Assert.That((await person.Open("/indicators")).QuerySelector("main")!.TextContent, Does.Contain("Version 2 of the library holds from 1 Apr 2026"));
    }

    [TestCase("a", "weight", "-1", "weight", "must be 0 or more")]
    [TestCase("a", "weight", "much", "weight", "A number is needed")]
    [TestCase("a", "name.en", "", "name.en", "1 to 100 characters")]
    [TestCase("a", "best", "3", "worst", "given together")]
    [TestCase("a", "validFrom", "2026-03-01", "validFrom", "today at the earliest")]
    [TestCase("a", "kind", "business", "measure.type", "measured by answers")]
    [TestCase("help", "parent", "", "", "these have none")]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_typed_stays(string code, string field, string value, string at, string message)
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open($"/indicators/{code}/edit");

        var page = await person.Submit("#indicator", new Dictionary<string, object?> { [field] = value, ["owner"] = "Typed" });

        Assert.That(page.QuerySelector(at.Length == 0 ? ".summary, .errors, [role=alert]" : $"#f-{at.Replace('.', '-').ToLowerInvariant()}-error")?.TextContent, Does.Contain(message));
        Assert.That(page.QuerySelector("[name=owner]")!.GetAttribute("value"), Is.EqualTo("Typed"));
    }

    [Test]
    public async Task A_form_drawn_before_somebody_else_saved_is_refused_and_a_code_is_given_once()
    {
        await using var shelf = await Shelf.Open(Shelf.Library);
        using var person = await shelf.Host.SignedIn(Roles.CxManager);
        await person.Open("/indicators/fit/edit");
        await (await shelf.Put(Shelf.With("fit", "owner", "\"Somebody\"", validFrom: "2026-04-01"))).Json();

        var late = await person.Submit("#indicator", new Dictionary<string, object?> { ["owner"] = "Me" });
        await person.Open("/indicators/new");
        var twice = await person.Submit("#indicator", new Dictionary<string, object?> { ["code"] = "a", ["name.en"] = "A", ["name.zh-CN"] = "甲", ["parent"] = "fit" });

        Assert.That(late.QuerySelector("main")!.TextContent, Does.Contain("It has changed since you read it"));
        Assert.That(twice.QuerySelector("#f-code-error")!.TextContent, Does.Contain("There is an indicator 'a' already"));
        Assert.That((await shelf.Read("/api/v1/indicators/fit")).GetProperty("indicator").GetProperty("owner").GetString(), Is.EqualTo("Somebody"));
    }

    [Test]
    public async Task The_page_is_for_the_programme_in_both_languages_and_offers_what_can_be_measured()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Open(host);
        await Shelf.PublishSurveys(desk.Api);
        await (await desk.Api.PutAsync("/api/v1/indicator-library", new StringContent(Shelf.Library, null, "application/json"))).Json();
        using var chinese = await host.SignedIn(Roles.CxManager, language: "zh-CN");
        using var viewer = await host.SignedIn(Roles.Viewer);

        var page = await chinese.Open("/indicators/help/edit");

        Assert.That(page.QuerySelector("h1")!.TextContent, Does.StartWith("服务"));
        Assert.That(page.QuerySelectorAll("#f-measure-data option").Select(option => option.GetAttribute("value")), Does.Contain("tickets/"));
        Assert.That(page.QuerySelectorAll("#f-parent option").Select(option => option.GetAttribute("value")), Is.EqualTo(new[] { "", "root", "fit", "c" }));
        Assert.That(page.QuerySelector("#retire")!.TextContent, Does.Contain("速度、容易"));
        Assert.That((await viewer.Open("/indicators/help/edit")).QuerySelector("#indicator"), Is.Null);
    }
}
