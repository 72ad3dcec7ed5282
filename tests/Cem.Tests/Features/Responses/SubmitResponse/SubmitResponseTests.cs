using System.Net;
using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.SubmitResponse;

public sealed class SubmitResponseTests
{
    [Test]
    public async Task An_answer_is_stored_with_its_scores_texts_and_the_dimensions_of_the_moment()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        var answer = await collection.Submit(Collection.Submission("s1", new { help = 2, wrong = new[] { "rude", "slow" }, nps = 3, nps_reason = "You lost my ticket" }));
        var body = await answer.Json();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/api/v1/responses/" + body.GetProperty("id").GetString()));
        Assert.That(body.GetProperty("scores").GetRawText(), Is.EqualTo("""[{"question":"help","measure":"csat","value":2},{"question":"nps","measure":"nps","value":3}]"""));
        Assert.That(collection.Rows("SELECT question || ' ' || measure || ' ' || score || ' ' || day || ' ' || touchpoint || ' ' || role || ' ' || survey || ' ' || (SELECT code FROM customers_v_org_units u WHERE u.id = org_unit_id) FROM responses_v_scores ORDER BY id"),
            Is.EqualTo(new[] { "help csat 2 20260311 support decisionMaker support east", "nps nps 3 20260311 support decisionMaker support east" }));
        Assert.That(collection.Rows("SELECT question || ' ' || text FROM responses_v_texts ORDER BY id"), Is.EqualTo(new[] { "wrong slow", "wrong rude", "nps_reason You lost my ticket" }));
        Assert.That(collection.Rows("SELECT answers FROM responses_v_responses"), Is.EqualTo(new[] { """{"help":2,"wrong":["slow","rude"],"nps":3,"nps_reason":"You lost my ticket"}""" }));
        Assert.That(collection.Rows("SELECT name || ' ' || (SELECT COUNT(*) FROM responses_responses) FROM kernel_facts WHERE name = 'ResponseCompleted'"), Is.EqualTo(new[] { "ResponseCompleted 1" }));
    }

    [Test]
    public async Task The_same_again_gives_the_stored_answer_and_stores_nothing()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        var first = await collection.Submitted("s1");
        var second = await collection.Submit(Collection.Submission("s1", new { nps = 9, help = 5 }, ("completedAt", "2026-03-11T01:30:00Z")));

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await second.Json()).GetProperty("id").GetString(), Is.EqualTo(first.GetProperty("id").GetString()));
        Assert.That((await second.Json()).GetProperty("scores").GetRawText(), Is.EqualTo(first.GetProperty("scores").GetRawText()));
        Assert.That(collection.Rows("SELECT COUNT(*) FROM responses_scores"), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public async Task Something_else_under_the_same_id_is_a_conflict()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await collection.Submitted("s1");

        await (await collection.Submit(Collection.Submission("s1", new { help = 5, nps = 8 }))).IsProblem(409, "submission-exists");
    }

    [Test]
    public async Task Twenty_equal_idempotency_keys_store_one_answer_and_get_it_all()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
        {
            var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/responses") { Content = JsonContent.Create(Collection.Submission("s1")) };
            call.Headers.Add("Idempotency-Key", "k1");
            return collection.Api.SendAsync(call);
        }));

        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.That(bodies.Distinct().Count(), Is.EqualTo(1), string.Join("\n", bodies.Distinct()));
        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.Created));
        Assert.That(collection.Rows("SELECT COUNT(*) FROM responses_responses"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task A_retry_holds_against_the_version_that_was_published_when_it_was_first_sent()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var first = await collection.Submitted("s1");
        await collection.Survey("support", """{"title": {"en": "x", "zh-CN": "x"}, "kind": "touchpoint", "pages": [{"questions": [{"id": "ease", "type": "ces", "text": {"en": "x", "zh-CN": "x"}}]}]}""");

        var again = await collection.Submitted("s1");
        var old = await collection.Submitted("s2", null, ("version", 1));
        var current = await collection.Submitted("s3", new { ease = 6 });

        Assert.That(again.GetRawText(), Is.EqualTo(first.GetRawText().Replace("\"created\":true", "\"created\":false", StringComparison.Ordinal)));
        Assert.That(old.GetProperty("version").GetInt32(), Is.EqualTo(1));
        Assert.That(current.GetProperty("version").GetInt32(), Is.EqualTo(2));
    }

    [TestCase("answers", """{"nps": 11, "help": 5}""", 422, "/answers/nps", "range")]
    [TestCase("answers", """{"nps": "9", "help": 5}""", 422, "/answers/nps", null)]
    [TestCase("answers", """{"nps": 9, "help": 5, "hepl": 5}""", 422, "/answers/hepl", "unknown-question")]
    [TestCase("answers", """{"nps": 9}""", 422, "/answers/help", "required")]
    [TestCase("answers", """{"nps": 9, "help": 5, "wrong": ["slow"]}""", 422, "/answers/wrong", "not-asked")]
    [TestCase("answers", """{"nps": 9, "help": 5, "a/b~\ud800": 1}""", 400, "/answers", null)]
    [TestCase("answers", """{"nps": 9, "help": 5, "more": "\ud800"}""", 400, null, "text")]
    [TestCase("answers", """[1]""", 422, "/answers", "wrong-type")]
    [TestCase("answers", """null""", 422, "/answers", "wrong-type")]
    [TestCase("answers", """{"nps": 9, "nps": 8, "help": 5}""", 400, null, null)]
    [TestCase("survey", "\"nothing\"", 422, "/survey", "survey-not-found")]
    [TestCase("version", "7", 422, "/version", "version-not-found")]
    [TestCase("version", "2147483648", 400, "/version", null)]
    [TestCase("account", "\"nobody\"", 422, "/contact", "contact-of-another-account")]
    [TestCase("contact", "\"c2\"", 422, "/contact", "contact-of-another-account")]
    [TestCase("contact", "\"nobody\"", 422, "/contact", "contact-not-found")]
    [TestCase("touchpoint", "\"nowhere\"", 422, "/touchpoint", "touchpoint-not-found")]
    [TestCase("completedAt", "\"2026-03-11T10:02:00+08:00\"", 422, "/completedAt", null)]
    [TestCase("completedAt", "\"2026-03-11T10:00:00\"", 400, "/completedAt", "instant")]
    [TestCase("channel", "\"\"", 422, "/channel", null)]
    [TestCase("channel", "\"a\\nb\"", 422, "/channel", null)]
    [TestCase("submissionId", "\"\"", 422, "/submissionId", null)]
    [TestCase("language", "\"not a language\"", 422, "/language", null)]
    [TestCase("colour", "1", 400, "/colour", "unknown-field")]
    public async Task What_does_not_fit_is_refused_with_its_field_and_the_reason(string field, string json, int status, string? pointer, string? code)
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var body = string.Join(", ", Collection.Submission("s1").Where(member => member.Key != field)
            .Select(member => $"\"{member.Key}\": {System.Text.Json.JsonSerializer.Serialize(member.Value)}").Append($"\"{field}\": {json}"));

        foreach (var key in new[] { null, "k1" })
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/responses") { Content = new StringContent("{" + body + "}", null, "application/json") };
            if (key is not null)
                call.Headers.Add("Idempotency-Key", key);
            var answer = await collection.Api.SendAsync(call);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
            if (pointer is not null)
                Assert.That(text, Does.Contain($"\"pointer\":\"{pointer}\""));
            if (code is not null)
                Assert.That(text, Does.Contain($"\"code\":\"{code}\""));
        }
        Assert.That(collection.Rows("SELECT COUNT(*) FROM responses_responses"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public async Task An_open_invitation_is_answered_once_and_only_by_its_own_survey()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await collection.Survey("other", """{"title": {"en": "x", "zh-CN": "x"}, "kind": "touchpoint", "pages": [{"questions": [{"id": "nps", "type": "nps", "text": {"en": "x", "zh-CN": "x"}}]}]}""");
        await collection.Programme.Cell("support", touchpoint: "booking", role: "decisionMaker");
        await (await collection.Programme.Report("e1", "a1", "c1", touchpoint: "booking")).Json();
        await host.Settle();

        var other = await collection.Submitted("s0", new { nps = 9 }, ("survey", "other"), ("touchpoint", null));
        var first = await collection.Submitted("s1", null, ("touchpoint", null));
        var second = await collection.Submitted("s2", null, ("touchpoint", null));

        Assert.That(other.GetProperty("invitation").GetString(), Is.Null);
        Assert.That(first.GetProperty("invitation").GetString(), Is.Not.Null);
        Assert.That(second.GetProperty("invitation").GetString(), Is.Null);
        Assert.That(collection.Rows("SELECT COALESCE(touchpoint, '-') FROM responses_responses ORDER BY id"), Is.EqualTo(new[] { "-", "booking", "-" }));
    }

    [Test]
    public async Task A_key_of_one_org_unit_does_not_know_the_accounts_of_another()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        var west = await collection.Programme.BoundTo("west", Scopes.EventsWrite);

        await (await west.PostAsJsonAsync("/api/v1/responses", Collection.Submission("s1"))).IsProblem(422, "contact-not-found", "/contact");
        await (await west.PostAsJsonAsync("/api/v1/responses", Collection.Submission("s1", null, ("contact", null)))).IsProblem(422, "account-not-found", "/account");
        await (await west.PostAsJsonAsync("/api/v1/responses", Collection.Submission("s1", null, ("contact", "c2"), ("account", null)))).Json();
    }

    [Test]
    public async Task What_the_accounts_own_manager_wrote_down_is_marked()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await host.Store.Write(tx => tx.Execute("UPDATE customers_accounts SET owner_email = 'li@example.com' WHERE external_id = 'a1'"));

        await collection.Submitted("s1", null, ("recordedBy", "Li@Example.com"));
        await collection.Submitted("s2", null, ("recordedBy", "other@example.com"));

        Assert.That(collection.Rows("SELECT recorded_by || ' ' || interested FROM responses_responses ORDER BY id"), Is.EqualTo(new[] { "Li@Example.com 1", "other@example.com 0" }));
        Assert.That(collection.Rows("SELECT DISTINCT interested FROM responses_scores ORDER BY id"), Is.EqualTo(new[] { "1", "0" }));
    }

    [Test]
    public async Task Not_applicable_is_kept_without_a_score()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        var body = await collection.Submitted("s1", new { help = "notApplicable", nps = 9 });

        Assert.That(body.GetProperty("scores")[0].GetRawText(), Is.EqualTo("""{"question":"help","measure":"csat","value":null}"""));
    }

    [Test]
    public async Task A_bad_answer_never_sinks_the_others_of_its_batch()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await collection.Submitted("s1");

        var good = new object[] { Collection.Submission("s1"), Collection.Submission("s2", new { nps = 99 }), Collection.Submission("s3"), Collection.Submission("s3", new { help = 1, nps = 1 }), new { bad = 1 } };
        var items = good.Select(item => System.Text.Json.JsonSerializer.Serialize(item)).Append("""
            {"submissionId": "s4", "survey": "support", "channel": "x", "completedAt": "2026-03-11T01:30:00Z", "answers": {"more": "\ud800"}}
            """);

        var body = await (await collection.Api.PostAsync("/api/v1/responses:batch", new StringContent($$"""{"items": [{{string.Join(',', items)}}]}""", null, "application/json"))).Json();

        Assert.That(body.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("index")} {item.GetProperty("status")} {item.GetProperty("id")}".Trim()),
            Is.EqualTo(new[] { "0 200 s1", "1 422", "2 201 s3", "3 409", "4 400", "5 400" }));
        Assert.That(collection.Rows("SELECT submission_id FROM responses_responses ORDER BY id"), Is.EqualTo(new[] { "s1", "s3" }));
    }

    [Test]
    public async Task Only_keys_that_may_write_are_let_in()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        await (await (await host.WithKey(Scopes.InsightsRead)).PostAsJsonAsync("/api/v1/responses", Collection.Submission("s1"))).IsProblem(403, "forbidden");
        await (await host.Anonymous().PostAsJsonAsync("/api/v1/responses", Collection.Submission("s1"))).IsProblem(401, "unauthenticated");
        await (await (await host.WithKey(Scopes.SurveysWrite)).PostAsJsonAsync("/api/v1/responses", Collection.Submission("s1"))).Json();
    }
}
