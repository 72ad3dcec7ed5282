using Cem.Contracts.Surveys;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Surveys.PublishSurvey;

public sealed class PublishSurveyTests
{
    [Test]
    public async Task Publishing_freezes_the_draft_and_doing_it_again_makes_no_second_version()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");

        var first = await host.Publish("help");
        var again = await host.Publish("help");

        Assert.That((first.GetProperty("version").GetInt32(), first.GetProperty("isNew").GetBoolean()), Is.EqualTo((1, true)));
        Assert.That((again.GetProperty("version").GetInt32(), again.GetProperty("isNew").GetBoolean()), Is.EqualTo((1, false)));
        Assert.That(host.Host.Store.Read(reader => reader.Single<int>("SELECT COUNT(*) FROM surveys_v_versions")), Is.EqualTo(1));
        Assert.That(host.Host.Store.Read(reader => reader.Query<string>("SELECT question FROM surveys_v_questions ORDER BY position")),
            Is.EqualTo(new[] { "sat", "parts", "nps", "nps_reason", "nps_warn", "nps_contact" }));
    }

    [Test]
    public async Task It_is_told_once_a_version()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");
        await host.Publish("help");

        var facts = host.Host.Store.Read(reader => reader.Query<string>("SELECT name FROM kernel_facts"));
        Assert.That(facts.Count(fact => fact.Contains(nameof(SurveyPublished), StringComparison.Ordinal)), Is.EqualTo(1), string.Join('\n', facts));
    }

    [Test]
    public async Task Publishing_says_what_changes_for_trends()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");
        await (await host.PutSurvey("help", """
            {"title": {"en": "Our help", "zh-CN": "客服体验"}, "kind": "touchpoint", "pages": [{"questions": [
              {"id": "sat", "type": "csat", "scale": 5, "text": {"en": "How satisfied are you?", "zh-CN": "您满意吗？"}},
              {"id": "parts", "type": "multipleChoice", "text": {"en": "What was bad?", "zh-CN": "哪里不好？"}, "options": [
                {"code": "slow", "text": {"en": "Slow", "zh-CN": "慢"}}, {"code": "late", "text": {"en": "Late", "zh-CN": "晚"}}]},
              {"id": "more", "type": "longText", "text": {"en": "More?", "zh-CN": "还有吗？"}}]}]}
            """)).Json();

        var changes = (await host.Publish("help")).GetProperty("changes").EnumerateArray()
            .Select(change => $"{change.GetProperty("question")} {change.GetProperty("kind")} {change.GetProperty("breaksTrend")}").ToList();

        Assert.That(changes, Is.EqualTo(new[]
        {
            "nps removed True", "sat recoded True", "parts optionRemoved True",
            "nps_reason removed False", "nps_warn removed False", "nps_contact removed False", "parts optionAdded False", "parts reworded False", "parts askedOtherwise False", "more added False",
        }));
    }

    [Test]
    public async Task A_frozen_version_cannot_be_changed_even_by_us()
    {
        await using var host = await SurveyHost.Run();
        await host.Published("help");

        Assert.That(async () => await host.Host.Store.Write(tx => { tx.Execute("UPDATE surveys_versions SET definition = '{}'"); }), Throws.Exception);
        Assert.That(async () => await host.Host.Store.Write(tx => { tx.Execute("DELETE FROM surveys_versions"); }), Throws.Exception);
    }

    [Test]
    public async Task Unknown_surveys_and_foreign_keys_are_refused()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        var events = await host.Host.WithKey(Scopes.EventsWrite);

        await (await host.Api.PostAsync("/api/v1/surveys/none:publish", null)).IsProblem(404, "survey-not-found");
        await (await events.PostAsync("/api/v1/surveys/help:publish", null)).IsProblem(403, "forbidden");
    }

    [Test]
    public async Task A_draft_that_changed_since_it_was_read_is_not_published()
    {
        await using var host = await SurveyHost.Run();
        await host.PutSurvey("help");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/surveys/help:publish");
        request.Headers.TryAddWithoutValidation("If-Match", "\"7\"");

        await (await host.Api.SendAsync(request)).IsProblem(412, "stale");
    }
}
