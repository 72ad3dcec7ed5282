using System.Globalization;
using System.Net.Http.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Insights.Models;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights.ReadNps;

/// <summary>
/// Real answers, 333 people of 26 accounts, sent in through the API as a CRM would send them: what the server then reports
/// must be what independent software computes from the same file.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class AccountSurveyTests
{
    const double Tolerance = 1e-7;

    CemHost host = null!;
    HttpClient api = null!;

    [OneTimeSetUp]
    public async Task Send()
    {
        var rows = File.ReadAllLines(SharedFiles.PathTo("oracles", "data", "nps_account_survey.csv"));
        var names = rows[0].Split(',');
        var answers = rows.Skip(1).Select(row => names.Zip(row.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second)).ToList();
        host = await CemHost.Run();
        api = await host.WithKey(Scopes.Admin);

        await Put("org-units/hq", new { name = "Headquarters", kind = "headquarters" });
        await Batch("accounts", answers.Select(answer => answer["Account"]).Distinct().Select(account => new { externalId = account, name = account, orgUnit = "hq" }));
        await Batch("contacts", answers.Select(answer => new { externalId = "c" + answer["row"], account = answer["Account"], name = "Somebody", role = "user" }));
        await Put("surveys/fruit", new
        {
            title = Both("Fruit"), kind = "relationship", minutes = 1, intro = Both("Hello"), thanks = Both("Thanks"),
            pages = new[] { new { questions = new[] { new { id = "nps", type = "nps", text = Both("Recommend?"), required = true } } } },
        });
        await (await api.PostAsync("/api/v1/surveys/fruit:publish", null)).Json();
        await Batch("responses", answers.Select(answer => new
        {
            submissionId = "s" + answer["row"], survey = "fruit", account = answer["Account"], contact = "c" + answer["row"], channel = answer["BU"],
            completedAt = answer["date"] + "T12:00:00+08:00", answers = new { nps = int.Parse(answer["REC"], CultureInfo.InvariantCulture) },
        }));
        await host.Settle();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (host is not null)
            await host.DisposeAsync();
        api?.Dispose();
    }

    static IEnumerable<OracleCase> Cases() => SharedFiles.Folder is null ? [] : OracleCase.Of("nps_weighted_clustered")
        .Where(oracle => oracle.Name.StartsWith("srs_", StringComparison.Ordinal) || oracle.Name.StartsWith("cluster_account_", StringComparison.Ordinal));

    [Test]
    public async Task Scores_errors_and_clustered_intervals_equal_the_oracles()
    {
        var compared = 0;
        foreach (var oracle in Cases())
        {
            var unit = (string?)oracle.Case["input"]!["filter"]?["BU"];
            var total = (await (await api.GetAsync("/api/v1/insights/nps?from=2012-01-01&to=2012-12-31" + (unit is null ? "" : $"&channel={unit}"))).Json()).GetProperty("total");
            var clustered = oracle.Name.StartsWith("cluster", StringComparison.Ordinal);
            var error = total.GetProperty(clustered ? "clustered" : "simple");
            Assert.Multiple(() =>
            {
                Equal(total.Number("n"), "n");
                Equal(total.Number("nps"), "nps");
                Equal(error.Number("standardError"), "se");
                Equal(error.Number("lower"), "lower_normal");
                Equal(error.Number("upper"), "upper_normal");
                // Several people of one account answered: the interval that is shown is the clustered one.
                Assert.That(total.GetProperty("method").GetString(), Is.EqualTo("clustered"));
                if (clustered)
                    Equal(total.Number("lower"), "lower_normal");
            });
            compared++;

            void Equal(double got, string field) =>
                Assert.That(got, Is.EqualTo((double)oracle.Case["expected"]![field]!).Within(Tolerance), $"{oracle.Name} {field}");
        }
        Assert.That(compared, Is.EqualTo(10));
    }

    [Test]
    public async Task One_row_an_account_names_it_by_its_own_id_and_adds_up()
    {
        var answer = await (await api.GetAsync("/api/v1/insights/nps?from=2012-01-01&to=2012-12-31&by=account")).Json();

        var rows = answer.GetProperty("rows").EnumerateArray().ToList();
        Assert.That(rows, Has.Count.EqualTo(26));
        Assert.That(rows.Sum(row => row.GetProperty("n").GetInt32()), Is.EqualTo(333));
        Assert.That(rows.Select(row => row.GetProperty("keys").GetProperty("account").GetString()), Has.Member("Account L"));
        Assert.That(rows.Average(row => row.Number("nps")), Is.EqualTo(answer.GetProperty("total").Number("accountNps")).Within(1e-9));
    }

    [Test]
    public async Task Everybody_asked_answered_so_all_of_it_is_covered()
    {
        var total = (await (await api.GetAsync("/api/v1/insights/coverage?from=2012-01-01&to=2012-12-31")).Json()).GetProperty("total");
        var half = (await (await api.GetAsync("/api/v1/insights/coverage?from=2012-01-01&to=2012-01-31")).Json()).GetProperty("total");

        Assert.That((total.GetProperty("accounts").GetInt32(), total.GetProperty("accountsHeard").GetInt32()), Is.EqualTo((26, 26)));
        Assert.That((total.GetProperty("contacts").GetInt32(), total.GetProperty("contactsHeard").GetInt32()), Is.EqualTo((333, 333)));
        Assert.That(half.GetProperty("contactsHeard").GetInt32(), Is.InRange(1, 100));
    }

    static Dictionary<string, string> Both(string text) => new() { ["en"] = text, ["zh-CN"] = text };

    async Task Put(string path, object body) => await (await api.PutAsJsonAsync("/api/v1/" + path, body)).Json();

    async Task Batch(string things, IEnumerable<object> items)
    {
        var answer = await (await api.PostAsJsonAsync($"/api/v1/{things}:batch", new { items })).Json();
        foreach (var item in answer.GetProperty("items").EnumerateArray())
            Assert.That(item.GetProperty("status").GetInt32(), Is.LessThan(300), item.GetRawText());
    }
}
