using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys.ShowJourney;

public sealed class ShowJourneyTests
{
    [TestCase("en")]
    [TestCase("zh-CN")]
    public async Task The_map_shows_stages_lanes_and_live_scores_that_lead_to_what_they_are_made_of(string language)
    {
        await using var atlas = await Atlas.Open();
        await atlas.Recommend("sync", 2, 38);
        await atlas.Rate(190, 10);
        using var browser = await atlas.Host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/journeys/care?period=26w");

        Assert.That(page.QuerySelector(".answer")!.TextContent, Is.EqualTo(language == "en"
            ? "2 of 2 touchpoints are measured; 1 surely poor: The sync. One moment that matters is among them."
            : "2 个触点中已测量 2 个，1 个确定为差：触点sync。其中涉及 1 个关键时刻。"));
        Assert.That(page.QuerySelectorAll(".journey-stage"), Has.Length.EqualTo(2));
        var sync = Touch(page, "sync");
        Assert.That((sync.ClassList.Contains("touch-bad"), sync.QuerySelector("a")!.TextContent, sync.QuerySelector("a")!.GetAttribute("href")),
            Is.EqualTo((true, "−90", "/responses?period=26w&touchpoint=sync&measure=nps&interested=0")));
        var call = Touch(page, "call");
        Assert.That((call.ClassList.Contains("touch-good"), call.QuerySelector("a")!.TextContent, call.QuerySelector("a")!.GetAttribute("href")), Is.EqualTo((true, "95", "/indicators/help?period=26w")));
        Assert.That(page.QuerySelector("#scene-ask .badge-name")!.TextContent, Is.EqualTo(language == "en" ? "Speed" : "速度"));
        Assert.That(page.QuerySelector("#row-answer .badge a")!.GetAttribute("href"), Is.EqualTo("/indicators/speed?period=26w"));
        Assert.That(page.QuerySelectorAll(".journey-moment").Select(scene => scene.Id), Is.EqualTo(new[] { "scene-change" }));
        Assert.That(page.QuerySelectorAll(".chart-level"), Has.Length.EqualTo(3));
        Assert.That(page.QuerySelectorAll("form[data-moves]"), Is.Empty, "a viewer sees what a map is changed with");
    }

    [Test]
    public async Task What_nobody_measures_is_hollow_and_what_changed_significantly_is_marked()
    {
        await using var atlas = await Atlas.Open();
        await atlas.Recommend("sync", 100, 20, new DateOnly(2025, 11, 20));
        await atlas.Recommend("sync", 20, 100);
        using var browser = await atlas.Host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/journeys/care?measure=nps");

        Assert.That(Touch(page, "call").ClassList, Does.Contain("touch-none"));
        Assert.That(Touch(page, "sync").QuerySelector(".touch-change")!.ClassList, Does.Contain("touch-change-down"));
        Assert.That(Touch(page, "sync").QuerySelector(".touch-change")!.GetAttribute("title"), Is.EqualTo("Significantly down by 133.3 against the 13 weeks before"));
    }

    [Test]
    public async Task A_variant_shows_the_answers_of_its_channel_and_the_filter_can_take_that_back()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care-app", Atlas.Variant("app"))).Json();
        await atlas.Recommend("sync", 30, 0, channel: "app");
        await atlas.Recommend("sync", 0, 30, channel: "mail");
        using var browser = await atlas.Host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/journeys/care-app");
        Assert.That(Touch(page, "sync").QuerySelector("a")!.TextContent, Is.EqualTo("+100"));
        Assert.That(page.QuerySelectorAll(".tabs a[href^='/journeys/care']").Select(tab => tab.GetAttribute("href")), Is.EqualTo(new[] { "/journeys/care", "/journeys/care-app" }));
        page = await browser.Open("/journeys/care-app?channel=");
        Assert.That(Touch(page, "sync").QuerySelector("a")!.TextContent, Is.EqualTo("0"));
    }

    [Test]
    public async Task A_variant_and_any_filter_narrow_the_indicators_and_their_pages_show_the_same_figure()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care-app", Atlas.Variant("app"))).Json();
        await atlas.Rate(30, 10, channel: "app", product: "travel");
        await atlas.Rate(0, 40, channel: "mail", product: "travel");
        await atlas.Rate(0, 20, channel: "app", product: "hotel");
        await atlas.Rate(0, 20, new DateOnly(2026, 1, 10), channel: "app", product: "travel");
        using var browser = await atlas.Host.SignedIn(Roles.Viewer);

        foreach (var (address, figure, link) in new[]
        {
            ("/journeys/care", "25", "/indicators/help"), ("/journeys/care-app", "38", "/indicators/help?channel=app"), ("/journeys/care-app?product=travel", "50", "/indicators/help?product=travel&channel=app"),
            ("/journeys/care-app?product=travel&period=4w", "75", "/indicators/help?period=4w&product=travel&channel=app"), ("/journeys/care-app?channel=", "25", "/indicators/help"),
        })
        {
            var call = Touch(await browser.Open(address), "call");
            Assert.That((call.QuerySelector("a")!.TextContent, call.QuerySelector("a")!.GetAttribute("href")), Is.EqualTo((figure, link)), address);
            var page = await browser.Open(link);
            Assert.That(double.Parse(page.QuerySelector(".score-large .score-value")!.TextContent, System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(double.Parse(figure, System.Globalization.CultureInfo.InvariantCulture)).Within(0.5), link);
        }
    }

    [TestCase("en", "Left out under this filter, for their sources do not say this of their rows: Waiting.", "not told apart by this filter")]
    [TestCase("zh-CN", "在该筛选条件下不计入（数据源未标明该维度）：等待。", "无法按该条件区分")]
    public async Task What_a_filter_cannot_tell_apart_is_left_out_and_named(string language, string note, string badge)
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Api.PutAsync("/api/v1/operational-data/plain", Atlas.Body("""
            {"name": {"en": "Plain", "zh-CN": "普通"}, "kind": "metric", "key": ["account", "week"], "fields": [
              {"column": "account", "type": "text", "maps": "account"}, {"column": "week", "type": "date", "maps": "period", "period": "week"}, {"column": "minutes", "type": "integer", "metric": "minutes"}]}
            """))).Json();
        await (await atlas.Api.PutAsync("/api/v1/indicators/waiting", Atlas.Body("""
            {"name": {"en": "Waiting", "zh-CN": "等待"}, "parent": "help", "kind": "o", "best": 0, "worst": 60, "measure": {"type": "mean", "source": "plain", "metric": "minutes"}}
            """))).Json();
        await atlas.Host.Advance(TimeSpan.FromDays(1));
        await atlas.Rate(38, 2, channel: "app");
        using var browser = await atlas.Host.SignedIn(Roles.Viewer, language: language);

        var page = await browser.Open("/journeys/care?channel=app");

        Assert.That(Touch(page, "call").QuerySelector("a")!.TextContent, Is.EqualTo("95"));
        Assert.That(page.QuerySelectorAll("#scene-ask .badge").Single(each => each.TextContent.Contains(badge, StringComparison.Ordinal)).ClassList, Does.Contain("badge-none"));
        Assert.That(page.QuerySelector("main")!.TextContent, Does.Contain(note));
        Assert.That((await browser.Open("/journeys/care")).QuerySelector("main")!.TextContent, Does.Not.Contain(note));
    }

    [TestCase("speed", null, "touch-good", "good from 65 on")]
    [TestCase("help", "\"target\": 99", "touch-bad", "An indicator is good from its own target on")]
    [TestCase("help", "\"target\": 99, \"threshold\": 60", "touch-between", "An indicator is good from its own target on")]
    [TestCase("help", "\"target\": 96, \"threshold\": 85", "touch-between", "between threshold and target")]
    [TestCase("help", "\"threshold\": 94", "touch-good-soft", "one of the 2 shown here has neither")]
    [TestCase("help", "\"threshold\": 96", "touch-bad-soft", "one of the 2 shown here has neither")]
    [TestCase("help", "\"threshold\": 99.5", "touch-bad", "one of the 2 shown here has neither")]
    [TestCase("help", "\"target\": 80", "touch-good", "one of the 2 shown here has neither")]
    [TestCase("help", "\"target\": 80, \"threshold\": 99.5", "touch-bad", "one of the 2 shown here has neither", Description = "what is past its threshold is not good, whatever its target says")]
    public async Task An_indicator_is_judged_by_its_own_target_and_threshold_and_the_legend_says_by_what(string code, string? lines, string tone, string legend)
    {
        await using var atlas = await Atlas.Open();
        if (lines is not null)
            await (await atlas.Judge(code, lines)).Json();
        await atlas.Host.Advance(TimeSpan.FromDays(1));
        await atlas.Rate(190, 10);
        using var browser = await atlas.Host.SignedIn(Roles.Viewer);

        var page = await browser.Open("/journeys/care");

        Assert.That(Touch(page, "call").ClassList, Does.Contain(tone));
        Assert.That(page.QuerySelector("main")!.TextContent, Does.Contain(legend));
    }

    [Test]
    public async Task People_see_the_scores_of_their_own_part_of_the_company()
    {
        await using var atlas = await Atlas.Open();
        await atlas.Recommend("sync", 30, 0, orgUnit: "east");
        using var east = await atlas.Host.SignedIn(Roles.Manager, "east");
        using var west = await atlas.Host.SignedIn(Roles.Manager, "west");

        Assert.That(Touch(await east.Open("/journeys/care?measure=nps"), "sync").ClassList, Does.Contain("touch-good"));
        Assert.That(Touch(await west.Open("/journeys/care?measure=nps"), "sync").ClassList, Does.Contain("touch-none"));
        await west.Open("/journeys/care?orgUnit=east");
        Assert.That((int)west.Answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task An_earlier_version_is_shown_as_it_was()
    {
        await using var atlas = await Atlas.Open();
        await (await atlas.Put("care", Atlas.With(journey => journey["stages"]!.AsArray().RemoveAt(1)))).Json();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        var page = await browser.Open("/journeys/care?version=1&mode=edit");

        Assert.That(page.QuerySelectorAll(".journey-stage"), Has.Length.EqualTo(2));
        Assert.That(page.QuerySelector("form[data-moves]"), Is.Null, "the past is changed");
        await browser.Submit("form[action='/journeys/care/restore']");
        Assert.That((await atlas.Definition()).GetProperty("stages").GetArrayLength(), Is.EqualTo(2));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("{{name}} {{{name}}} {{> head}}")]
    [TestCase("' onmouseover='alert(1)")]
    public async Task Whatever_is_written_on_a_map_stays_text(string word)
    {
        await using var atlas = await Atlas.Open(journey: false);
        var text = new JsonObject { ["en"] = word, ["zh-CN"] = word };
        await (await atlas.Put("care", Atlas.With(journey =>
        {
            var use = journey["stages"]![1]!;
            foreach (var (owner, field) in new[] { (journey, "name"), (journey, "description"), (use, "name"), (use, "goals"), (use, "expectations"), (use["scenes"]![0]!, "name"), (use["scenes"]![0]!, "actions"), (use["scenes"]![0]!, "thoughts"), (use["blueprint"]!["frontStage"]![0]!, "node"), (use["blueprint"]!["frontStage"]![0]!, "role"), (use["blueprint"]!["frontStage"]![0]!, "action") })
                owner[field] = text.DeepClone();
            use["blueprint"]!["frontStage"]![0]!["channel"] = word;
        }))).Json();
        await (await atlas.Api.PutAsync("/api/v1/touchpoints/sync", Atlas.Body(new JsonObject { ["name"] = text.DeepClone(), ["order"] = 1 }.ToJsonString()))).Json();
        using var browser = await atlas.Host.SignedIn(Roles.CxManager);

        foreach (var path in new[] { "/journeys", "/journeys/care", "/journeys/care?mode=edit", "/journeys/care/edit?part=scene&id=change", "/journeys/care/edit?part=touchpoint&in=ask", "/journeys/care/history", "/journeys/care/shares", "/journeys/new?variantOf=care" })
        {
            var page = await browser.Open(path);
            Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(200), path);
            Assert.That(page.Body!.TextContent, Does.Contain(word), path);
            Assert.That(page.QuerySelectorAll("img[src=x]").Concat(page.QuerySelectorAll("body script")).Concat(page.All.Where(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)))), Is.Empty, path);
        }
    }

    [TestCase("/journeys/nothing", 404)]
    [TestCase("/journeys/care?version=9", 404)]
    [TestCase("/journeys/care?period=nonsense&measure=nonsense&mode=nonsense&version=nonsense&product=nonsense", 200)]
    public async Task Old_and_wrong_addresses_are_answered(string path, int status)
    {
        await using var atlas = await Atlas.Open();
        using var browser = await atlas.Host.SignedIn(Roles.Agent);

        await browser.Open(path);

        Assert.That((int)browser.Answer.StatusCode, Is.EqualTo(status));
    }

    static IElement Touch(IParentNode page, string code) => page.QuerySelectorAll(".journey .touch").First(touch => touch.QuerySelector(".touch-name")?.TextContent.EndsWith(code, StringComparison.Ordinal) == true);
}
