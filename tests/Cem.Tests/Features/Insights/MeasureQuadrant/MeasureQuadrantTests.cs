using System.Globalization;
using System.Text.Json;
using Cem.Contracts.Insights;
using Cem.Kernel.Security;
using Cem.Server.Features.Insights;
using Cem.Server.Features.Insights.KeepScores;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Tests.Features.Insights.MeasureQuadrant;

public sealed class MeasureQuadrantTests
{
    static readonly Dictionary<string, string> Areas = new() { ["keep"] = "优势保持", ["raiseValue"] = "价值提升", ["improveFirst"] = "优先改进", ["improveSecond"] = "其次改进" };

    [Test]
    public async Task Airline_passengers_imported_as_answers_give_the_quadrant_of_the_oracle()
    {
        using var oracle = JsonDocument.Parse(await File.ReadAllTextAsync(SharedFiles.PathTo("oracles", "quadrant.json")));
        var flight = oracle.RootElement.GetProperty("cases").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "airline_8");
        string[] drivers = [.. flight.GetProperty("input").GetProperty("drivers").EnumerateArray().Select(driver => driver.GetString()!)];
        var expected = flight.GetProperty("expected");
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("flight", drivers.Select(Id), "touchpoint", new
        {
            id = "satisfaction", type = "csat", scale = 3, text = new Dictionary<string, string> { ["en"] = "All in all?", ["zh-CN"] = "总体？" }, required = true,
        });
        await api.Submit("flight", Passengers(drivers));
        await host.Settle();

        var quadrant = await (await api.GetAsync("/api/v1/insights/quadrant?survey=flight")).Json();

        var factors = quadrant.GetProperty("factors").EnumerateArray().ToDictionary(factor => factor.GetProperty("question").GetString()!);
        Assert.That(quadrant.GetProperty("outcome").GetString(), Is.EqualTo("satisfaction"));
        Assert.That(quadrant.GetProperty("n").GetInt32(), Is.EqualTo(1426));
        Assert.That(quadrant.GetProperty("excluded").GetInt32(), Is.EqualTo(1500 - 1426));
        Assert.That(factors, Has.Count.EqualTo(drivers.Length));
        Assert.Multiple(() =>
        {
            Assert.That(quadrant.Number("r2"), Is.EqualTo(0.4036511600242816).Within(1e-9));
            Assert.That(quadrant.Number("satisfactionLine"), Is.EqualTo(expected.Number("performance_cut")).Within(1e-9));
            Assert.That(quadrant.Number("influenceLine"), Is.EqualTo(expected.Number("importance_cut")).Within(1e-9));
            foreach (var driver in drivers)
            {
                var factor = factors[Id(driver)];
                Assert.That(factor.Number("satisfaction"), Is.EqualTo(expected.GetProperty("performance").Number(driver)).Within(1e-9), driver);
                Assert.That(factor.Number("influence"), Is.EqualTo(expected.GetProperty("importance").Number(driver)).Within(1e-8), driver);
                Assert.That(Areas[factor.GetProperty("quadrant").GetString()!], Is.EqualTo(expected.GetProperty("quadrant").GetProperty(driver).GetString()), driver);
            }
        });
        Assert.That(quadrant.GetProperty("improveFirst").EnumerateArray().Select(each => each.GetString()), Is.EqualTo(new[] { "inflight_entertainment" }));
        Assert.That(quadrant.GetProperty("warnings").GetRawText(), Does.Contain("two values"));
        await HasThePenaltiesAndRewardsOfTheOracle(api);
    }

    static async Task HasThePenaltiesAndRewardsOfTheOracle(HttpClient api)
    {
        using var oracle = JsonDocument.Parse(await File.ReadAllTextAsync(SharedFiles.PathTo("oracles", "penalty_reward.json")));
        var flight = oracle.RootElement.GetProperty("cases").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "airline_4");
        string[] drivers = [.. flight.GetProperty("input").GetProperty("drivers").EnumerateArray().Select(driver => driver.GetString()!)];
        var expected = flight.GetProperty("expected");

        var quadrant = await (await api.GetAsync($"/api/v1/insights/quadrant?survey=flight&factors={string.Join(',', drivers.Select(Id))}")).Json();

        var found = quadrant.GetProperty("factors").EnumerateArray().ToDictionary(factor => factor.GetProperty("question").GetString()!, factor => factor.GetProperty("asymmetry"));
        Assert.That(quadrant.GetProperty("n").GetInt32(), Is.EqualTo(expected.GetProperty("n").GetInt32()));
        Assert.Multiple(() =>
        {
            foreach (var driver in drivers)
            {
                var (penalty, reward) = (found[Id(driver)].GetProperty("penalty"), found[Id(driver)].GetProperty("reward"));
                // The oracle's outcome is 0 or 1, ours 0 to 100.
                Assert.That(penalty.Number("value") / 100, Is.EqualTo(expected.GetProperty("penalty").Number(driver)).Within(1e-9), driver);
                Assert.That(reward.Number("value") / 100, Is.EqualTo(expected.GetProperty("reward").Number(driver)).Within(1e-9), driver);
                Assert.That(found[Id(driver)].Number("impact"), Is.EqualTo(expected.GetProperty("impact_asymmetry").Number(driver)).Within(1e-7), driver);
                Assert.That(penalty.Number("value"), Is.InRange(penalty.Number("lower"), penalty.Number("upper")), driver);
                Assert.That((penalty.Number("least"), penalty.Number("most"), reward.Number("least"), reward.Number("most")), Is.EqualTo((1, 2, 5, 5)), driver);
            }
            // Whether cleanliness earns anything, with p near 5 %, depends on which responses fall into one bundle.
            Assert.That(drivers[..3].Select(driver => found[Id(driver)].GetProperty("kind").GetString()), Is.EqualTo(new[] { "excitement", "basic", "performance" }));
            Assert.That(found["leg_room_service"].GetProperty("sure").GetBoolean(), Is.True);
        });
    }

    [Test]
    public async Task A_must_have_is_told_from_a_delighter_and_from_what_changes_nothing()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Asymmetric(400));
        await host.Settle();

        var quadrant = await host.Send(new AskQuadrant(new ScoreQuery("", 0)));

        var found = quadrant.Factors.ToDictionary(factor => factor.Question.Id, factor => factor.Asymmetry!);
        Assert.That(found.ToDictionary(each => each.Key, each => (each.Value.Kind, each.Value.Sure)), Is.EquivalentTo(new Dictionary<string, (string?, bool)>
        {
            ["sync"] = ("basic", true), ["price"] = ("performance", true), ["app"] = ("excitement", true), ["food"] = (null, false),
        }));
        Assert.That(found["sync"].Penalty, Has.Property("Value").InRange(-35, -25).And.Property("Lower").LessThan(-25).And.Property("Upper").LessThan(0), "Three points of ten are lost.");
        Assert.That(found["sync"].Penalty.N + found["sync"].Reward.N, Is.LessThan(400));
    }

    [Test]
    public async Task Levels_that_hardly_anybody_chose_are_too_few_and_so_are_few_responses_and_accounts()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Asymmetric(60).Select((given, i) => new Dictionary<string, object>(given) { ["sync"] = i < 4 ? 1 : 3 + i % 3, ["food"] = i % 2 == 0 ? 1 : 5 }), touchpoint: "some");
        await api.Submit("relation", RatedAnswers.Asymmetric(9), touchpoint: "few");
        await host.Settle();

        var some = (await host.Send(new AskQuadrant(Of("some")))).Factors.ToDictionary(factor => factor.Question.Id, factor => factor.Asymmetry!);
        var few = await host.Send(new AskQuadrant(Of("few")));

        Assert.That((some["sync"].Penalty.N, some["sync"].Penalty.Value, some["sync"].Kind), Is.EqualTo((4, (double?)null, (string?)null)));
        Assert.That(some["sync"].Reward.Value, Is.Not.Null);
        Assert.That((some["food"].Penalty.Value, some["food"].Reward.Value), Is.EqualTo(((double?)null, (double?)null)), "Nobody rated between: nothing to compare with.");
        Assert.That(few.Factors.Select(factor => factor.Asymmetry), Is.All.Null);
        Assert.That(few.Warnings.Select(warning => warning.Code), Does.Contain("few-for-kinds"));

        static ScoreQuery Of(string touchpoint) => new("", 0) { Filter = new Dictionary<string, IReadOnlyList<string>> { ["touchpoint"] = [touchpoint] } };
    }

    [Test]
    public async Task What_matters_and_is_poor_comes_first_with_intervals_around_it()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(400));
        await host.Settle();

        var quadrant = await host.Send(new AskQuadrant(new ScoreQuery("", 0)));
        var again = await host.Send(new AskQuadrant(new ScoreQuery("", 0)));

        Assert.That(quadrant.Factors.ToDictionary(factor => factor.Question.Id, factor => factor.Area),
            Is.EquivalentTo(new Dictionary<string, string> { ["sync"] = "improveFirst", ["price"] = "keep", ["food"] = "improveSecond", ["app"] = "raiseValue" }));
        Assert.That(quadrant.Factors[0].Question.Id, Is.EqualTo("sync"));
        Assert.That(quadrant.Factors.Select(factor => factor.Priority), Is.Ordered.Descending);
        Assert.That(quadrant.Factors.Sum(factor => factor.Influence), Is.EqualTo(100).Within(1e-9));
        Assert.That(quadrant.Resamples, Is.EqualTo(500));
        Assert.Multiple(() =>
        {
            foreach (var factor in quadrant.Factors)
            {
                Assert.That(factor.Influence, Is.InRange(factor.InfluenceLower!, factor.InfluenceUpper!), factor.Question.Id);
                Assert.That(factor.Satisfaction, Is.InRange(factor.SatisfactionLower!, factor.SatisfactionUpper!), factor.Question.Id);
                Assert.That(factor.Stays, Is.GreaterThan(.95), factor.Question.Id);
                Assert.That(factor.Borderline, Is.False, factor.Question.Id);
            }
        });
        Assert.That(again.Factors, Is.EqualTo(quadrant.Factors), "The same answers must give the same intervals.");
    }

    [Test]
    public async Task Many_people_of_few_accounts_make_wider_intervals_than_as_many_accounts()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        for (var i = 0; i < 12; i++)
            await api.PutAccount($"acct-{i}", "shanghai");
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        // Everybody of an account says the same, so that 240 responses are 12 opinions.
        var opinions = RatedAnswers.Believable(12).ToList();
        await api.Submit("relation", Enumerable.Range(0, 240).Select(i => opinions[i % 12]), i => $"acct-{i % 12}", "with");
        await api.Submit("relation", Enumerable.Range(0, 240).Select(i => opinions[i % 12]), touchpoint: "without");
        await host.Settle();

        var clustered = await host.Send(new AskQuadrant(Of("with")));
        var alone = await host.Send(new AskQuadrant(Of("without")));

        Assert.That((clustered.N, clustered.Accounts, alone.N, alone.Accounts), Is.EqualTo((240, 12, 240, 0)));
        Assert.That(Width(clustered), Is.GreaterThan(2 * Width(alone)!));

        static ScoreQuery Of(string touchpoint) => new("", 0) { Filter = new Dictionary<string, IReadOnlyList<string>> { ["touchpoint"] = [touchpoint] } };
        static double? Width(Quadrant quadrant) => quadrant.Factors.Single(factor => factor.Question.Id == "sync") is var sync ? sync.SatisfactionUpper - sync.SatisfactionLower : null;
    }

    [Test]
    public async Task The_survey_that_is_taken_unasked_is_the_relationship_survey_once_it_tells_enough()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price"]);
        await api.PublishRated("trip", ["sync", "price"], "touchpoint");
        await api.Submit("trip", Two(60));
        await api.Submit("relation", Two(10));
        await host.Settle();
        Assert.That((await host.Send(new AskQuadrant(new ScoreQuery("", 0)))).Survey!.Code, Is.EqualTo("trip"));

        await api.Submit("relation", Two(30), touchpoint: "later");
        await host.Settle();
        Assert.That((await host.Send(new AskQuadrant(new ScoreQuery("", 0)))).Survey!.Code, Is.EqualTo("relation"));

        static IEnumerable<Dictionary<string, object>> Two(int count) => RatedAnswers.Believable(count).Select(given => new Dictionary<string, object> { ["nps"] = given["nps"], ["sync"] = given["sync"], ["price"] = given["price"] });
    }

    [Test]
    public async Task What_is_kept_by_facts_is_what_a_fresh_start_loads()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PublishRated("relation", ["sync", "price", "app", "food"]);
        await api.Submit("relation", RatedAnswers.Believable(300).Select((given, i) => i % 7 == 0 ? new() { ["nps"] = given["nps"], ["app"] = "notApplicable" } : given));
        await host.Settle();
        var kept = host.Services.GetRequiredService<ScoreColumns>();
        var fresh = new ScoreColumns();
        new LoadScores(host.Store, fresh, new CustomerBase()).Run();
        // Facts heard again change nothing.
        new LoadScores(host.Store, kept, new CustomerBase()).Run();

        var (told, loaded) = (kept.Ratings.Of("relation")!.Current, fresh.Ratings.Of("relation")!.Current);

        Assert.That((told.Count, loaded.Count), Is.EqualTo((300, 300)));
        Assert.That(Rows(told), Is.EqualTo(Rows(loaded)));

        static List<string> Rows(RatingSnapshot rows) => [.. Enumerable.Range(0, rows.Count)
            .Select(row => string.Join(' ', [rows.Responses[row], rows.Days[row], rows.Accounts[row], .. rows.Ratings.OrderBy(pair => pair.Key).Select(pair => (long)pair.Value[row])])).Order()];
    }

    static IEnumerable<Dictionary<string, object>> Passengers(string[] drivers)
    {
        using var reader = new CsvReader(new StreamReader(SharedFiles.PathTo("oracles", "data", "airline_satisfaction.csv")), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            var given = drivers.ToDictionary(Id, driver => (object)reader.GetField<int>(driver));
            given["satisfaction"] = reader.GetField("satisfaction") == "satisfied" ? 3 : 1;
            yield return given;
        }
    }

    static string Id(string driver) => driver.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
