using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Surveys.ReadCodebook;

public sealed class ReadCodebookTests
{
    [Test]
    public async Task Every_column_is_told_with_what_its_values_mean()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");

        var book = await host.Read("/api/v1/surveys/help/codebook");

        Assert.That(book.GetProperty("columns").EnumerateArray().Select(column => $"{column.GetProperty("name")} {column.GetProperty("type")} {column.GetProperty("measure")}".TrimEnd()), Is.EqualTo(new[]
        {
            "sat integer csat", "parts.slow flag", "parts.rude flag", "nps integer nps", "nps_reason text", "nps_warn code", "nps_contact code",
        }));
        Assert.That(book.GetProperty("columns")[0].GetProperty("values")[2].GetProperty("label").GetProperty("zh-CN").GetString(), Is.EqualTo("非常满意"));
    }

    [Test]
    public async Task An_older_version_keeps_its_coding()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");
        await host.PutSurvey("help", SurveyHost.Definition.Replace("\"scale\": 3", "\"scale\": 5", StringComparison.Ordinal));
        await host.Publish("help");

        Assert.That((await host.Read("/api/v1/surveys/help/codebook")).GetProperty("columns")[0].GetProperty("values").GetArrayLength(), Is.EqualTo(5));
        Assert.That((await host.Read("/api/v1/surveys/help/codebook?version=1")).GetProperty("columns")[0].GetProperty("values").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_draft_has_no_codebook()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");

        await (await host.Api.GetAsync("/api/v1/surveys/help/codebook")).IsProblem(404, "survey-version-not-found");
    }

    [Test]
    public async Task The_page_shows_it_to_people()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");
        using var viewer = await host.Host.SignedIn(Roles.Viewer, language: "zh-CN");

        Assert.That((await viewer.Open("/surveys/help/codebook")).Body!.TextContent, Does.Contain("parts.slow").And.Contain("3 = 非常满意"));
    }
}
