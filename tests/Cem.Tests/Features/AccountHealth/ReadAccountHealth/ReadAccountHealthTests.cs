using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.AccountHealth.ReadAccountHealth;

public sealed class ReadAccountHealthTests
{
    [Test]
    public async Task A_busy_account_whose_problem_repeats_is_hidden_churn_with_the_touchpoint_named()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);

        var health = await api.Got("/api/v1/accounts/story/health");

        Assert.That((health.GetProperty("field").GetString(), health.GetProperty("renewalRisk").GetString(), health.GetProperty("daysLeft").GetInt32()), Is.EqualTo(("hiddenChurn", "high", 60)));
        var problem = health.GetProperty("repeatedProblems")[0];
        Assert.That((problem.GetProperty("key").GetString(), problem.GetProperty("times").GetInt32(), problem.GetProperty("reporters").GetInt32(), problem.GetProperty("passable").GetInt32()), Is.EqualTo(("oa-sync", 5, 3, 3)));
        Assert.That(health.GetProperty("reasons")[0].GetProperty("text").GetProperty("en").GetString(), Does.StartWith("OA sync: the same problem 5 times in 60 days, from 3 different people; 3 of the reports would alarm nobody alone."));
        Assert.That(health.GetProperty("reasons")[0].GetProperty("text").GetProperty("zh-CN").GetString(), Does.StartWith("OA 对接：60 天内同一问题出现 5 次"));
        Assert.That(health.GetProperty("coverage").GetProperty("silent").GetBoolean(), Is.True);
        Assert.That(health.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()), Does.Contain("silentDeciders").And.Contain("renewalNear"));
    }

    [Test]
    public async Task An_account_that_nobody_asked_and_nobody_measures_is_not_known_instead_of_good_or_bad()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);

        var health = await api.Got("/api/v1/accounts/west1/health");

        Assert.That((health.GetProperty("field").GetString(), health.GetProperty("renewalRisk").GetString()), Is.EqualTo(("unknown", "low")));
        Assert.That(new[] { health.GetProperty("score"), health.GetProperty("usage").GetProperty("index"), health.GetProperty("experience").GetProperty("index"), health.GetProperty("nps").GetProperty("value") }.Select(each => each.ValueKind),
            Is.All.EqualTo(System.Text.Json.JsonValueKind.Null));
        Assert.That(health.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()), Is.EqualTo(new[] { "noDecider", "fewAnswers", "usageUnknown" }));
    }

    [Test]
    public async Task What_lies_outside_the_callers_units_does_not_exist()
    {
        await using var host = await CemHost.Run();
        await Clinic.Open(host);
        var west = await host.WithBoundKey("west", Scopes.InsightsRead);

        await (await west.GetAsync("/api/v1/accounts/story/health")).IsProblem(404, "account-not-found");
        await (await west.GetAsync("/api/v1/accounts/nobody/health")).IsProblem(404, "account-not-found");
        Assert.That((await west.Got("/api/v1/accounts/west1/health")).GetProperty("account").GetString(), Is.EqualTo("west1"));
    }
}
