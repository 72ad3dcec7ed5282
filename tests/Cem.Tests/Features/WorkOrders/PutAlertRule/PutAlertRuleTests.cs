using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders.PutAlertRule;

public sealed class PutAlertRuleTests
{
    [Test]
    public async Task A_rule_can_be_put_again_and_holds_from_then_on()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);

        var again = await desk.Put("/api/v1/alert-rules/detractor", Desk.Rule.Replace("\"atMost\": 6", "\"atMost\": 1", StringComparison.Ordinal));
        await desk.Answer("s1", 3);

        Assert.That((int)again.StatusCode, Is.EqualTo(200));
        Assert.That(await desk.Orders(), Is.Empty);
    }

    [Test]
    public async Task Unknown_surveys_and_touchpoints_are_all_named()
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);

        var answer = await desk.Put("/api/v1/alert-rules/x", Desk.Rule.Replace("\"survey\": \"support\"", "\"survey\": \"nope\"", StringComparison.Ordinal).Replace("[\"support\"]", "[\"support\", \"moon\"]", StringComparison.Ordinal));

        await answer.IsProblem(422, "invalid", "/survey", "survey-not-found");
        await answer.IsProblem(422, "invalid", "/touchpoints/1", "touchpoint-not-found");
    }

    [TestCase("""{"kind": "health"}""", 201, "")]
    [TestCase("""{"kind": "health", "standings": ["atRisk"], "leastRisk": "high"}""", 201, "")]
    [TestCase("""{"kind": "health", "standings": []}""", 422, "/standings")]
    [TestCase("""{"kind": "health", "question": "nps"}""", 422, "/question")]
    [TestCase("""{"kind": "health", "atMost": 6}""", 422, "/atMost")]
    [TestCase("""{"kind": "indicator"}""", 201, "")]
    [TestCase("""{"kind": "indicator", "indicators": ["nowhere"]}""", 422, "/indicators/0")]
    [TestCase("""{"kind": "indicator", "indicators": []}""", 422, "/indicators")]
    [TestCase("""{"kind": "indicator", "leastRisk": "high"}""", 422, "/leastRisk")]
    [TestCase("""{"kind": "indicator", "touchpoints": ["support"]}""", 422, "/touchpoints")]
    [TestCase("""{"question": "nps", "atMost": 6, "indicators": ["nps"]}""", 422, "/indicators")]
    [TestCase("""{"question": "nps", "atMost": 6, "standings": ["atRisk"]}""", 422, "/standings")]
    [TestCase("""{"question": "nps"}""", 422, "/atMost")]
    [TestCase("""{"atMost": 6}""", 422, "/question")]
    [TestCase("""{"kind": "weather"}""", 400, "/kind")]
    public async Task Each_kind_of_rule_has_conditions_of_its_own(string conditions, int status, string pointer)
    {
        await using var host = await CemHost.Run();
        var desk = await Desk.Start(host);
        var rest = """, "name": {"en": "A", "zh-CN": "甲"}, "priority": "low", "requiredAction": {"en": "B", "zh-CN": "乙"}, "promisedHours": 8}""";

        var answer = await desk.Put("/api/v1/alert-rules/mine", conditions[..^1] + rest);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
        if (pointer.Length > 0)
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"{pointer}\""));
    }
}
