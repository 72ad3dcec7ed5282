using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Responses;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.WorkOrders;

/// <summary>A company whose rule makes a work order of every detractor, and somebody who works on them.</summary>
sealed class Desk(Collection collection, HttpClient api)
{
    public const string Rule = """
        {"name": {"en": "Detractor", "zh-CN": "贬损者"}, "question": "nps", "survey": "support", "atMost": 6, "touchpoints": ["support"],
         "priority": "high", "requiredAction": {"en": "Call them.", "zh-CN": "致电客户。"}, "promisedHours": 8}
        """;

    public CemHost Host => collection.Host;

    /// <summary>Calls with the scopes of work orders and answers.</summary>
    public HttpClient Api => api;

    public Collection Collection => collection;

    public static async Task<Desk> Start(CemHost host)
    {
        var collection = await Collection.Start(host);
        var desk = new Desk(collection, await host.WithKey(Scopes.WorkOrdersWrite, Scopes.EventsWrite, Scopes.SurveysWrite, Scopes.InsightsRead));
        await (await desk.Put("/api/v1/alert-rules/detractor", Rule)).Json();
        return desk;
    }

    /// <summary>Takes a score of contact c1 at account a1 and lets what follows happen.</summary>
    public async Task Answer(string submission, int score, string? comment = null)
    {
        await collection.Submitted(submission, comment is null ? new { help = 5, nps = score } : new { help = 5, nps = score, more = comment });
        await Host.Settle();
    }

    /// <summary>The work orders in sight, as the API lists them.</summary>
    public async Task<IReadOnlyList<JsonElement>> Orders(string query = "", HttpClient? client = null) =>
        [.. (await (await (client ?? api).GetAsync("/api/v1/work-orders" + query)).Json()).GetProperty("items").EnumerateArray()];

    /// <summary>The id of the one work order that an answer of score 3 opens.</summary>
    public async Task<string> Opened(string submission = "s1", int score = 3)
    {
        await Answer(submission, score);
        return (await Orders()).Single().GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> Read(string id) => await (await api.GetAsync($"/api/v1/work-orders/{id}")).Json();

    /// <summary>Takes a step on the version that is there now.</summary>
    public async Task<HttpResponseMessage> Step(string id, string step, object? body = null) =>
        await Step(id, step, (await Read(id)).GetProperty("version").GetInt32(), body);

    public async Task<HttpResponseMessage> Step(string id, string step, int? version, object? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/work-orders/{id}:{step}") { Content = JsonContent.Create(body ?? new { }) };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await api.SendAsync(request);
    }

    public Task<HttpResponseMessage> Put(string path, string json) => api.PutAsync(path, new StringContent(json, null, "application/json"));
}
