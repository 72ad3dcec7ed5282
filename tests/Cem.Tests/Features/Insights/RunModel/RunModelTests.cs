using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Cem.Kernel.Security;
using Cem.Tests.Features.Insights.Models;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.RunModel;

/// <summary>The models as callers meet them; what they compute is tested with the models themselves.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class RunModelTests
{
    CemHost host = null!;
    HttpClient api = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await CemHost.Run();
        api = await host.WithKey(Scopes.InsightsRead);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        api.Dispose();
        await host.DisposeAsync();
    }

    static IEnumerable<TestCaseData> Cases() => OracleTests.Cases();

    [TestCaseSource(nameof(Cases))]
    public async Task A_model_agrees_with_its_oracle_over_http(string? model, object? oracle)
    {
        SharedFiles.PathTo("oracles");
        var expected = (OracleCase)oracle!;

        using var answer = await api.PostAsJsonAsync($"/api/v1/models/{model}", expected.Input);

        var text = await answer.Content.ReadAsStringAsync();
        if (expected.MustBeRefused)
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(422), text);
            Assert.That((string?)JsonNode.Parse(text)!["errors"]![0]!["message"], Is.Not.Empty);
            return;
        }
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        Assert.That(OracleComparison.Differences(expected, JsonNode.Parse(text)!), Is.Empty);
    }

    [Test]
    public async Task A_worked_example_comes_back_with_what_makes_it_readable()
    {
        var answer = await (await Post("nps", """{"promoters": 5, "passives": 3, "detractors": 2}""")).Json();

        Assert.That(answer.GetProperty("nps").GetDouble(), Is.EqualTo(30).Within(1e-9));
        Assert.That(answer.GetProperty("adjWaldLower").GetDouble(), Is.EqualTo(-19.1).Within(.05));
        Assert.That(answer.GetProperty("n").GetInt32(), Is.EqualTo(10));
        Assert.That(answer.GetProperty("sentence").GetString(), Does.Contain("30"));
    }

    [Test]
    public async Task A_refused_input_says_which_field_and_why() =>
        await (await Post("nps", """{"promoters": -1, "passives": 3, "detractors": 2}""")).IsProblem(422, "out-of-range", "/promoters", "out-of-range");

    [Test]
    public async Task An_unknown_model_is_answered_with_the_names_there_are()
    {
        using var answer = await Post("astrology", "{}");

        await answer.IsProblem(404, "model-not-found");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("wilson-ranking"));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"promoters": 1, "promoters": 2}""")]
    [TestCase("""{"promoters": NaN}""")]
    public async Task What_is_not_json_is_refused(string body)
    {
        using var answer = await Post("nps", body);

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task Five_megabytes_of_data_are_taken_and_more_is_refused()
    {
        var rows = new StringBuilder("score,account\n");
        while (rows.Length < 5_000_000)
            rows.Append("9,Account A\n");
        var body = new JsonObject { ["data"] = rows.ToString(), ["scoreColumn"] = "score", ["cluster"] = "account" }.ToJsonString();

        using var taken = await Post("nps-design", body);
        using var refused = await Post("nps-design", body[..^1] + new string(' ', 2_000_000) + "}");

        Assert.That((await taken.Json()).GetProperty("n").GetInt32(), Is.GreaterThan(400_000));
        Assert.That((int)refused.StatusCode, Is.EqualTo(413));
    }

    [Test]
    public async Task A_key_without_the_scope_is_refused()
    {
        using var other = await host.WithKey(Scopes.EventsWrite);

        using var answer = await other.PostAsJsonAsync("/api/v1/models/nps", new { promoters = 1, passives = 1, detractors = 1 });

        await answer.IsProblem(403, "forbidden");
    }

    Task<HttpResponseMessage> Post(string model, string body) =>
        api.PostAsync($"/api/v1/models/{model}", new StringContent(body, Encoding.UTF8, "application/json"));
}
