using System.Net;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Surveys.PutSurveyMatrix;

public sealed class PutSurveyMatrixTests
{
    const string Cell = """{"touchpoint": "support", "role": "user", "survey": "help", "trigger": "ticket.closed", "delayMinutes": 30, "channel": "email", "sampling": 0.5}""";
    const string Other = """{"touchpoint": "booking", "role": "decisionMaker", "survey": "help", "trigger": "booking.completed"}""";

    [Test]
    public async Task The_matrix_is_replaced_as_a_whole_and_cells_that_stay_keep_their_identity()
    {
        await using var host = await Ready();
        await Put(host, Cell, Other);
        var before = Ids(host);

        var answer = await Put(host, Cell.Replace("30", "60", StringComparison.Ordinal));

        Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"2\""));
        Assert.That(Ids(host), Is.EqualTo(new[] { before[1] }));
        Assert.That((await host.Read("/api/v1/survey-matrix")).GetProperty("cells")[0].GetProperty("delayMinutes").GetInt32(), Is.EqualTo(60));
    }

    [Test]
    public async Task Repeating_it_changes_nothing()
    {
        await using var host = await Ready();

        Assert.That((await Put(host, Cell, Other)).Headers.ETag!.Tag, Is.EqualTo("\"1\""));
        Assert.That((await Put(host, Other, Cell)).Headers.ETag!.Tag, Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task All_faults_are_reported_at_once_and_nothing_is_changed()
    {
        await using var host = await Ready();
        await host.PutSurvey("draft");
        await Put(host, Cell);

        var answer = await Put(host, Cell, Cell, Other.Replace("booking\"", "moon\"", StringComparison.Ordinal), Other.Replace("help", "none", StringComparison.Ordinal), Cell.Replace("help", "draft", StringComparison.Ordinal).Replace("user", "purchaser", StringComparison.Ordinal));

        await answer.IsProblem(422, "invalid", "/cells/1", "taken");
        await answer.IsProblem(422, "invalid", "/cells/2/touchpoint", "touchpoint-not-found");
        await answer.IsProblem(422, "invalid", "/cells/3/survey", "survey-not-found");
        await answer.IsProblem(422, "invalid", "/cells/4/survey", "survey-not-published");
        Assert.That(Ids(host), Has.Count.EqualTo(1));
    }

    [TestCase("\"sampling\": 0.5", "\"sampling\": 0", 422, "/cells/0/sampling")]
    [TestCase("\"sampling\": 0.5", "\"sampling\": 1.1", 422, "/cells/0/sampling")]
    [TestCase("\"delayMinutes\": 30", "\"delayMinutes\": -1", 422, "/cells/0/delayMinutes")]
    [TestCase("\"role\": \"user\"", "\"role\": \"boss\"", 400, "/cells/0/role")]
    [TestCase("\"channel\": \"email\"", "\"channel\": \"pigeon\"", 400, "/cells/0/channel")]
    [TestCase("\"trigger\": \"ticket.closed\"", "\"trigger\": \"\"", 422, "/cells/0/trigger")]
    [TestCase("\"trigger\"", "\"triggers\"", 400, "/cells/0/triggers")]
    public async Task A_cell_that_makes_no_sense_is_refused_with_its_field(string part, string instead, int status, string pointer)
    {
        await using var host = await Ready();

        var answer = await Put(host, Cell.Replace(part, instead, StringComparison.Ordinal));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"{pointer}\""));
    }

    [Test]
    public async Task A_matrix_that_somebody_else_changed_is_not_overwritten()
    {
        await using var host = await Ready();
        await Put(host, Cell);

        await (await host.Put("/api/v1/survey-matrix", """{"cells": []}""", ifMatch: "\"0\"")).IsProblem(412, "stale");
        Assert.That((await host.Put("/api/v1/survey-matrix", """{"cells": []}""", ifMatch: "\"1\"")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    static async Task<SurveyHost> Ready()
    {
        var host = await SurveyHost.Run();
        await host.Published("help");
        await host.Touchpoint("support", 2);
        await host.Touchpoint("booking", 1);
        return host;
    }

    static Task<HttpResponseMessage> Put(SurveyHost host, params string[] cells) => host.Put("/api/v1/survey-matrix", $$"""{"cells": [{{string.Join(", ", cells)}}]}""");

    static IReadOnlyList<long> Ids(SurveyHost host) => host.Host.Store.Read(reader => reader.Query<long>("SELECT id FROM surveys_v_matrix ORDER BY touchpoint"));
}
