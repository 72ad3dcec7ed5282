namespace Cem.Tests.Features.Surveys.ListSurveys;

public sealed class ListSurveysTests
{
    [Test]
    public async Task Surveys_are_listed_by_code_with_what_waits_to_be_published()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("b");
        await host.Published("c");
        await host.PutSurvey("a");
        await host.PutSurvey("c", SurveyHost.Definition.Replace("\"minutes\": 2", "\"minutes\": 3", StringComparison.Ordinal));

        var first = await host.Read("/api/v1/surveys?limit=2");
        var second = await host.Read($"/api/v1/surveys?limit=2&cursor={first.GetProperty("next").GetString()}");
        var items = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray())
            .Select(item => $"{item.GetProperty("code")} {item.GetProperty("publishedVersion")} {item.GetProperty("changed")}");

        Assert.That(items, Is.EqualTo(new[] { "a  True", "b 1 False", "c 1 True" }));
    }
}
