using System.Net;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Surveys.PutSurvey;

public sealed class PutSurveyTests
{
    [Test]
    public async Task A_draft_is_created_and_putting_the_same_again_changes_nothing()
    {
        await using var host = await SurveyHost.Run();

        var first = await host.PutSurvey("help");
        var same = await host.PutSurvey("help", SurveyHost.Definition.Replace("\n", " ", StringComparison.Ordinal));
        var changed = await host.PutSurvey("help", SurveyHost.Definition.Replace("\"minutes\": 2", "\"minutes\": 3", StringComparison.Ordinal));

        Assert.That((first.StatusCode, same.StatusCode, changed.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK)), await first.Content.ReadAsStringAsync());
        Assert.That(new[] { first, same, changed }.Select(answer => answer.Headers.ETag!.Tag), Is.EqualTo(new[] { "\"1\"", "\"1\"", "\"2\"" }));
    }

    [Test]
    public async Task A_draft_that_somebody_else_changed_is_not_overwritten()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        var mine = await host.PutSurvey("help", SurveyHost.Definition.Replace("\"minutes\": 2", "\"minutes\": 3", StringComparison.Ordinal), ifMatch: "\"1\"");
        var theirs = await host.PutSurvey("help", SurveyHost.Definition.Replace("\"minutes\": 2", "\"minutes\": 4", StringComparison.Ordinal), ifMatch: "\"1\"");

        Assert.That(mine.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await theirs.IsProblem(412, "stale");
        Assert.That((await host.Read("/api/v1/surveys/help")).GetProperty("definition").GetProperty("minutes").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task Faults_are_refused_all_at_once_by_pointer()
    {
        await using var host = await SurveyHost.Run();

        var answer = await host.PutSurvey("help", """{"kind": "touchpoint", "title": {"en": "T", "zh-CN": "题"}, "pages": [{"questions": [{"id": "a", "type": "stars"}, {"id": "b", "type": "nps", "colour": 1}]}]}""");

        await answer.IsProblem(422, "invalid", "/pages/0/questions/0/type", "choice");
        await answer.IsProblem(422, "invalid", "/pages/0/questions/1/colour", "unknown-field");
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("5")]
    [TestCase("{}")]
    [TestCase("{")]
    [TestCase("")]
    [TestCase("""{"title": 1, "title": 2}""")]
    [TestCase("""{"\ud800": 1}""")]
    [TestCase("""{"title": {"en": "\ud800", "zh-CN": "x"}}""")]
    public async Task Hostile_bodies_are_the_callers_fault_and_never_ours(string body)
    {
        await using var host = await SurveyHost.Run();

        Assert.That((int)(await host.PutSurvey("help", body)).StatusCode, Is.AnyOf(400, 422));
    }

    [TestCase("new")]
    [TestCase("a%20b")]
    public async Task A_code_that_would_not_make_an_address_is_refused(string code)
    {
        await using var host = await SurveyHost.Run();

        Assert.That((int)(await host.PutSurvey(code)).StatusCode, Is.EqualTo(422));
    }
}
