using Cem.Server.Questionnaires;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Surveys.ReadSurvey;

public sealed class ReadSurveyTests
{
    [Test]
    public async Task A_survey_is_read_with_its_draft_and_what_was_read_can_be_put_back()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");

        var answer = await host.Api.GetAsync("/api/v1/surveys/help");
        var survey = await answer.Json();

        Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"1\""));
        Assert.That(survey.GetProperty("definition").GetRawText(), Is.EqualTo(SurveyDefinition.Stored(SurveyHost.Definition).Write()));
        Assert.That(survey.GetProperty("changed").GetBoolean(), Is.False);
        Assert.That(survey.GetProperty("versions")[0].GetProperty("version").GetInt32(), Is.EqualTo(1));
        Assert.That((await host.PutSurvey("help", survey.GetProperty("definition").GetRawText(), "\"1\"")).Headers.ETag!.Tag, Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        await using var host = await SurveyHost.Run();

        await (await host.Api.GetAsync("/api/v1/surveys/none")).IsProblem(404, "survey-not-found");
    }
}
