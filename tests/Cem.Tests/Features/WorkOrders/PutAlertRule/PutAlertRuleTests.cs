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
}
