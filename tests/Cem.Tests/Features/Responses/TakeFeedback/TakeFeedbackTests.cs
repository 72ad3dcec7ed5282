using System.Net;
using System.Net.Http.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses.TakeFeedback;

public sealed class TakeFeedbackTests
{
    static object Note(string text = "The OA sync fails again", string? recordedBy = "li@example.com") =>
        new { source = "crm", externalId = "n1", kind = "visitNote", account = "a1", contact = "c1", at = "2026-03-11T09:00:00+08:00", text, recordedBy };

    [Test]
    public async Task Feedback_is_taken_once_and_something_else_under_its_id_refused()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        var first = await collection.Api.PostAsJsonAsync("/api/v1/feedback", Note());
        var second = await collection.Api.PostAsJsonAsync("/api/v1/feedback", Note());
        var other = await collection.Api.PostAsJsonAsync("/api/v1/feedback", Note("All is well"));

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created), await first.Content.ReadAsStringAsync());
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await second.Json()).GetProperty("id").GetString(), Is.EqualTo((await first.Json()).GetProperty("id").GetString()));
        await other.IsProblem(409, "feedback-exists");
        Assert.That(collection.Rows("SELECT kind || ' ' || day || ' ' || text FROM responses_v_feedback"), Is.EqualTo(new[] { "visitNote 20260311 The OA sync fails again" }));
    }

    [Test]
    public async Task A_note_of_the_accounts_owner_is_marked_as_interested()
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);
        await host.Store.Write(tx => tx.Execute("UPDATE customers_accounts SET owner_email = 'li@example.com' WHERE external_id = 'a1'"));

        var body = await (await collection.Api.PostAsJsonAsync("/api/v1/feedback", Note(recordedBy: "LI@example.com"))).Json();

        Assert.That(body.GetProperty("interested").GetBoolean(), Is.True);
    }

    [TestCase("{}", 400, "/source")]
    [TestCase("""{"source": "crm", "externalId": "n1", "kind": "gossip", "at": "2026-03-11T09:00:00+08:00", "text": "x"}""", 400, "/kind")]
    [TestCase("""{"source": "crm", "externalId": "n1", "kind": "review", "at": "2026-03-12T09:00:00+08:00", "text": "x"}""", 422, "/at")]
    [TestCase("""{"source": "crm", "externalId": "n1", "kind": "review", "at": "2026-03-11T09:00:00+08:00", "text": ""}""", 422, "/text")]
    [TestCase("""{"source": "crm", "externalId": "n1", "kind": "review", "at": "2026-03-11T09:00:00+08:00", "text": "x", "score": 101}""", 422, "/score")]
    [TestCase("""{"source": "crm", "externalId": "n1", "kind": "review", "at": "2026-03-11T09:00:00+08:00", "text": "x", "account": "nobody"}""", 422, "/account")]
    public async Task What_does_not_fit_is_refused_with_its_field(string json, int status, string pointer)
    {
        await using var host = await CemHost.Run();
        var collection = await Collection.Start(host);

        var answer = await collection.Api.PostAsync("/api/v1/feedback", new StringContent(json, null, "application/json"));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
        Assert.That(text, Does.Contain($"\"pointer\":\"{pointer}\""));
    }
}
