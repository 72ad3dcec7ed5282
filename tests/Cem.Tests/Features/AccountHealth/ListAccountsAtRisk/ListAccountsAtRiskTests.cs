using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.AccountHealth.ListAccountsAtRisk;

public sealed class ListAccountsAtRiskTests
{
    [Test]
    public async Task Accounts_at_risk_stand_in_order_with_their_reasons_in_both_languages()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);
        foreach (var day in new[] { 4, 5, 6 })
            await Clinic.Answer(host, "west1", null, "user", null, new DateOnly(2026, 3, day), 2);
        await host.Advance(TimeSpan.FromMinutes(2));

        var all = await api.Got("/api/v1/insights/accounts-at-risk");

        Assert.That(Accounts(all), Is.EqualTo(new[] { "story", "west1" }));
        Assert.That((all.GetProperty("measured").GetInt32(), all.GetProperty("count").GetInt32(), all.GetProperty("revenue").GetProperty("amount").GetInt64()), Is.EqualTo((8, 2, 95000)));
        var story = all.GetProperty("items")[0];
        Assert.That(story.GetProperty("reasons")[0].GetProperty("text").EnumerateObject().Select(text => text.Name), Is.EqualTo(new[] { "en", "zh-CN" }));

        var first = await api.Got("/api/v1/insights/accounts-at-risk?limit=1");
        Assert.That(Accounts(first), Is.EqualTo(new[] { "story" }));
        var second = await api.Got($"/api/v1/insights/accounts-at-risk?limit=1&cursor={first.GetProperty("next").GetString()}");
        Assert.That(Accounts(second), Is.EqualTo(new[] { "west1" }));
        Assert.That(second.TryGetProperty("next", out var next) && next.ValueKind != JsonValueKind.Null, Is.False);
    }

    [Test]
    public async Task High_risk_comes_before_a_larger_account_of_medium_risk()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);
        await (await api.PutAsJsonAsync("/api/v1/accounts/west1", new { name = "West", orgUnit = "west", annualRevenue = new { amount = 99_000_000, currency = "CNY" } })).Json();
        foreach (var day in new[] { 4, 5, 6 })
            await Clinic.Answer(host, "west1", null, "user", null, new DateOnly(2026, 3, day), 2);
        await host.Advance(TimeSpan.FromMinutes(2));

        var first = await api.Got("/api/v1/insights/accounts-at-risk?limit=1");
        var second = await api.Got($"/api/v1/insights/accounts-at-risk?limit=1&cursor={first.GetProperty("next").GetString()}");

        Assert.That(Accounts(first).Concat(Accounts(second)), Is.EqualTo(new[] { "story", "west1" }));
        Assert.That(second.GetProperty("items")[0].GetProperty("renewalRisk").GetString(), Is.EqualTo("medium"));
    }

    [Test]
    public async Task Only_what_the_caller_sees_is_listed_and_counted()
    {
        await using var host = await CemHost.Run();
        var api = await Clinic.Open(host);
        var west = await host.WithBoundKey("west", Scopes.InsightsRead);

        var seen = await west.Got("/api/v1/insights/accounts-at-risk");

        Assert.That(Accounts(seen), Is.Empty);
        Assert.That((seen.GetProperty("measured").GetInt32(), seen.GetProperty("count").GetInt32()), Is.EqualTo((1, 0)));
        await (await west.GetAsync("/api/v1/insights/accounts-at-risk?orgUnit=east")).IsProblem(404, "org-unit-not-found");
        Assert.That(Accounts(await api.Got("/api/v1/insights/accounts-at-risk?orgUnit=west")), Is.Empty);
        Assert.That(Accounts(await api.Got("/api/v1/insights/accounts-at-risk?orgUnit=east")), Is.EqualTo(new[] { "story" }));
    }

    static IEnumerable<string?> Accounts(JsonElement list) => list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("account").GetString());
}
