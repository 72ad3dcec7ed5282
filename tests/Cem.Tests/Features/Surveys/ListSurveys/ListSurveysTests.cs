using Cem.Kernel.Security;
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

    [Test]
    public async Task The_page_lists_them_with_their_state_and_lets_the_programme_start_one()
    {
        await using var host = await SurveyHost.Run();
        using var manager = await host.Host.SignedIn(Roles.CxManager);
        using var viewer = await host.Host.SignedIn(Roles.Viewer, language: "zh-CN");

        Assert.That((await manager.Open("/surveys")).Body!.TextContent, Does.Contain("No surveys yet"));
        await host.Published("help");

        Assert.That((await manager.Open("/surveys")).QuerySelector("tbody tr")!.TextContent, Does.Contain("Our help").And.Contain("published"));
        Assert.That(manager.Page.QuerySelector("a[href='/surveys/new']"), Is.Not.Null);
        Assert.That((await viewer.Open("/surveys")).QuerySelector("tbody tr")!.TextContent, Does.Contain("客服体验").And.Contain("已发布"));
        Assert.That(viewer.Page.QuerySelector("a[href='/surveys/new']"), Is.Null);
    }
}
