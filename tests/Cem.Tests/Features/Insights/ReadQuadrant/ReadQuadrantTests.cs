using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ReadQuadrant;

public sealed class ReadQuadrantTests
{
    const string Path = "/api/v1/insights/quadrant";

    [Test]
    public async Task It_names_survey_outcome_days_n_and_every_factor_in_both_languages()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(120));
        await host.Settle();

        var quadrant = await (await (await host.WithKey(Scopes.InsightsRead)).GetAsync(Path)).Json();

        Assert.That((quadrant.GetProperty("survey").GetString(), quadrant.GetProperty("outcome").GetString(), quadrant.GetProperty("n").GetInt32()), Is.EqualTo(("relation", "nps", 120)));
        Assert.That(quadrant.GetProperty("to").GetString(), Is.EqualTo("2026-03-11"));
        Assert.That(quadrant.GetProperty("method").GetString(), Is.EqualTo("lmg"));
        Assert.That(quadrant.GetProperty("refusal").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(quadrant.GetProperty("factors")[0].GetProperty("text").GetProperty("zh-CN").GetString(), Is.EqualTo("题目sync"));
        Assert.That(quadrant.GetProperty("improveFirst")[0].GetString(), Is.EqualTo("sync"));
    }

    [TestCase("outcome=price&factors=sync,app", "price")]
    [TestCase("factors=food,%20app", "nps")]
    public async Task Outcome_and_factors_can_be_chosen(string query, string outcome)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(120));
        await host.Settle();

        var quadrant = await (await api.GetAsync($"{Path}?survey=relation&{query}")).Json();

        Assert.That(quadrant.GetProperty("outcome").GetString(), Is.EqualTo(outcome));
        Assert.That(quadrant.GetProperty("factors").GetArrayLength(), Is.EqualTo(2));
        Assert.That(quadrant.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()), Does.Contain("few-factors"));
    }

    [TestCase(0, "no-answers")]
    [TestCase(5, "too-few")]
    [TestCase(40, "constant-outcome", true)]
    public async Task What_cannot_be_computed_is_null_with_the_reason_in_words(int count, string code, bool constant = false)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(count).Select(given => constant ? new(given) { ["nps"] = 9 } : given));
        await host.Settle();

        var quadrant = await (await api.GetAsync(Path)).Json();

        Assert.That(quadrant.GetProperty("refusal").GetProperty("code").GetString(), Is.EqualTo(code));
        Assert.That(quadrant.GetProperty("refusal").GetProperty("text").GetProperty("zh-CN").GetString(), Is.Not.Empty);
        Assert.That(quadrant.GetProperty("r2").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(quadrant.GetProperty("n").GetInt32(), Is.EqualTo(count));
        Assert.That(quadrant.GetProperty("factors").EnumerateArray().Select(factor => factor.GetProperty("influence").ValueKind), Is.All.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Few_answers_a_constant_factor_and_a_factor_named_twice_over_are_warned_of()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(20).Select(given => new Dictionary<string, object>(given) { ["app"] = 5, ["food"] = given["sync"] }));
        await host.Settle();

        var quadrant = await (await api.GetAsync(Path)).Json();
        var factors = quadrant.GetProperty("factors").EnumerateArray().ToDictionary(factor => factor.GetProperty("question").GetString()!);

        Assert.That(quadrant.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("text").GetProperty("en").GetString()),
            Has.Some.StartsWith("Few responses: 20 for 4").And.Some.StartsWith("app is the same in all rows").And.Some.StartsWith("food is determined by the other").And.Some.StartsWith("Factors without a known influence"));
        Assert.That(factors["food"].Number("influence"), Is.EqualTo(factors["sync"].Number("influence")).Within(1e-9), "Twins share.");
        Assert.That(factors["app"].GetProperty("quadrant").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("survey=nowhere", 404, "survey-not-found", null)]
    [TestCase("orgUnit=nowhere", 404, "org-unit-not-found", null)]
    [TestCase("outcome=colour", 422, "question-not-found", "outcome")]
    [TestCase("factors=sync,colour", 422, "question-not-found", "factors")]
    [TestCase("factors=sync,nps", 422, "outcome", "factors")]
    [TestCase("factors=sync", 422, "count", "factors")]
    [TestCase("factors=sync,sync,app", 422, "count", "factors")]
    [TestCase("target=101", 422, "range", "target")]
    public async Task What_does_not_exist_is_refused_by_name(string query, int status, string code, string? pointer)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);

        await (await api.GetAsync($"{Path}?{query}")).IsProblem(status, code, pointer);
    }

    [Test]
    public async Task Without_any_survey_it_says_so()
    {
        await using var host = await CemHost.Run();

        var quadrant = await (await (await host.WithKey(Scopes.InsightsRead)).GetAsync(Path)).Json();

        Assert.That(quadrant.GetProperty("refusal").GetProperty("code").GetString(), Is.EqualTo("no-survey"));
        Assert.That(quadrant.GetProperty("survey").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Days_org_units_and_dimensions_bound_what_is_counted()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        await api.PutAccount("a1", "shanghai");
        await api.PutAccount("a2", "west");
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(30), _ => "a1", "booking");
        await api.Submit("relation", RatedAnswers.Believable(20), _ => "a2", "support");
        await api.Submit("relation", RatedAnswers.Believable(10), touchpoint: "old", at: CemHost.Start.AddDays(-200));
        await host.Settle();

        Assert.That(await N(""), Is.EqualTo(50));
        Assert.That(await N("?from=2025-01-01"), Is.EqualTo(60));
        Assert.That(await N("?orgUnit=shanghai"), Is.EqualTo(30));
        Assert.That(await N("?touchpoint=support,booking"), Is.EqualTo(50));
        Assert.That(await N("?touchpoint=support&orgUnit=shanghai"), Is.Zero);

        async Task<int> N(string query) => (await (await api.GetAsync(Path + query)).Json()).GetProperty("n").GetInt32();
    }
}
