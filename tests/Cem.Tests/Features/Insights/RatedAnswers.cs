using System.Globalization;
using System.Net.Http.Json;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Insights;

/// <summary>A survey of an outcome and factors that anybody may leave open, and answers to it, sent through the public door.</summary>
static class RatedAnswers
{
    /// <summary>Publishes a survey: <c>nps</c> must be answered, the factors (satisfaction, 5 points) may be left open.</summary>
    public static async Task PublishRated(this HttpClient api, string code, IEnumerable<string> factors, string kind = "relationship", object? outcome = null)
    {
        object Both(string text) => new Dictionary<string, string> { ["en"] = text, ["zh-CN"] = "题目" + text };
        await (await api.PutAsJsonAsync($"/api/v1/surveys/{code}", new
        {
            title = Both(code), kind, minutes = 2, intro = Both("Hello"), thanks = Both("Thanks"),
            pages = new[]
            {
                new { questions = new[] { outcome ?? new { id = "nps", type = "nps", text = Both("Would you recommend us?"), required = true } } },
                new { questions = factors.Select(factor => (object)new { id = factor, type = "csat", scale = 5, text = Both(factor), notApplicable = true }).ToArray() },
            },
        })).Json();
        await (await api.PostAsync($"/api/v1/surveys/{code}:publish", null)).Json();
    }

    /// <summary>Sends answers in batches, each of which must be taken.</summary>
    public static async Task Submit(this HttpClient api, string survey, IEnumerable<Dictionary<string, object>> answers, Func<int, string?>? account = null, string? touchpoint = null, DateTimeOffset? at = null)
    {
        if (touchpoint is not null)
            await (await api.PutAsJsonAsync($"/api/v1/touchpoints/{touchpoint}", new { name = new Dictionary<string, string> { ["en"] = touchpoint, ["zh-CN"] = touchpoint }, order = 1 })).Json();
        foreach (var part in answers.Select((given, index) => new
        {
            submissionId = $"{survey}-{touchpoint}-{index}", survey, account = account?.Invoke(index), touchpoint, channel = "app",
            completedAt = (at ?? CemHost.Start.AddDays(-1)).ToString("O", CultureInfo.InvariantCulture), answers = given,
        }).Chunk(800))
        {
            var items = (await (await api.PostAsJsonAsync("/api/v1/responses:batch", new { items = part })).Json()).GetProperty("items");
            foreach (var item in items.EnumerateArray())
                Assert.That(item.GetProperty("status").GetInt32(), Is.EqualTo(201), item.GetRawText());
        }
    }

    /// <summary>People who judge us by <c>sync</c>, which is poor, and by <c>price</c>, which is good; <c>app</c> and <c>food</c> matter to nobody.</summary>
    public static IEnumerable<Dictionary<string, object>> Believable(int count, int seed = 5)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var (sync, price, app, food) = (random.Next(1, 4), random.Next(3, 6), random.Next(4, 6), random.Next(1, 4));
            yield return new() { ["nps"] = Math.Clamp(sync + price + random.Next(0, 3), 0, 10), ["sync"] = sync, ["price"] = price, ["app"] = app, ["food"] = food };
        }
    }

    /// <summary>People who resent a poor <c>sync</c>, like a good <c>app</c>, mind <c>price</c> both ways, and do not care for <c>food</c>.</summary>
    public static IEnumerable<Dictionary<string, object>> Asymmetric(int count, int seed = 7)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var (sync, price, app, food) = (random.Next(1, 6), random.Next(1, 6), random.Next(1, 6), random.Next(1, 6));
            var nps = 5 + (sync <= 2 ? -3 : 0) + (app == 5 ? 2 : 0) + (price <= 2 ? -1 : price == 5 ? 1 : 0) + random.Next(0, 3) - 1;
            yield return new() { ["nps"] = Math.Clamp(nps, 0, 10), ["sync"] = sync, ["price"] = price, ["app"] = app, ["food"] = food };
        }
    }
}
