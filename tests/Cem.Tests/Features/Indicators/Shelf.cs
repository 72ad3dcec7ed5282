using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Features.Insights;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Indicators;

/// <summary>A host with the tree of org units, a key, and a small library: root > help (a, b), fit (c).</summary>
sealed class Shelf(CemHost host, HttpClient api) : IAsyncDisposable
{
    /// <summary>Weights: help 3 (a 1, b 1), fit 1 (c 1).</summary>
    public const string Library = """
        {"indicators": [
          {"code": "root", "name": {"en": "North star", "zh-CN": "北极星"}, "level": 1, "measure": {"type": "nps"}, "target": 30, "threshold": 10},
          {"code": "help", "name": {"en": "Help", "zh-CN": "服务"}, "level": 2, "parent": "root", "weight": 3, "target": 80, "threshold": 60},
          {"code": "fit", "name": {"en": "Fit", "zh-CN": "对接"}, "level": 2, "parent": "root", "weight": 1},
          {"code": "a", "name": {"en": "Speed", "zh-CN": "速度"}, "level": 3, "parent": "help", "measure": {"type": "csatTopBox", "survey": "s1", "question": "a"}},
          {"code": "b", "name": {"en": "Ease", "zh-CN": "容易"}, "level": 3, "parent": "help", "measure": {"type": "cesEasy", "survey": "s2", "question": "b"}},
          {"code": "c", "name": {"en": "Sync", "zh-CN": "同步"}, "level": 3, "parent": "fit", "measure": {"type": "csatTopBox", "survey": "s3", "question": "c"}}]}
        """;

    public CemHost Host => host;

    public HttpClient Api => api;

    public static async Task<Shelf> Open(string? library = null)
    {
        var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        await PublishSurveys(api);
        var shelf = new Shelf(host, api);
        if (library is not null)
            await (await shelf.Put(library)).Json();
        return shelf;
    }

    /// <summary>Publishes what the library asks: satisfaction <c>a</c> in s1, ease <c>b</c> in s2, satisfaction <c>c</c> and the choice <c>done</c> in s3.</summary>
    public static async Task PublishSurveys(HttpClient api)
    {
        object Both(string text) => new Dictionary<string, string> { ["en"] = text, ["zh-CN"] = "题目" + text };
        foreach (var (survey, questions) in new (string, object[])[]
        {
            ("s1", [new { id = "a", type = "csat", scale = 5, text = Both("a") }]),
            ("s2", [new { id = "b", type = "ces", text = Both("b") }]),
            ("s3", [
                new { id = "c", type = "csat", scale = 5, text = Both("c") },
                new { id = "done", type = "singleChoice", text = Both("done"), options = new[] { new { code = "yes", text = Both("yes") }, new { code = "no", text = Both("no") } } }]),
        })
        {
            await (await api.PutAsJsonAsync($"/api/v1/surveys/{survey}", new { title = Both(survey), kind = "touchpoint", minutes = 1, intro = Both("Hello"), thanks = Both("Thanks"), pages = new[] { new { questions } } })).Json();
            await (await api.PostAsync($"/api/v1/surveys/{survey}:publish", null)).Json();
        }
    }

    public Task<HttpResponseMessage> Put(string library) => api.PutAsync("/api/v1/indicator-library", new StringContent(library, null, "application/json"));

    public async Task<JsonElement> Read(string path) => await (await api.GetAsync(path)).Json();

    /// <summary>The library with one field of one indicator changed; null takes it away.</summary>
    public static string With(string code, string field, string? json, string? validFrom = null)
    {
        var library = JsonNode.Parse(Library)!;
        var it = library["indicators"]!.AsArray().First(it => it!["code"]!.GetValue<string>() == code)!.AsObject();
        it.Remove(field);
        if (json is not null)
            it[field] = JsonNode.Parse(json);
        if (validFrom is not null)
            library["validFrom"] = validFrom;
        return library.ToJsonString();
    }

    /// <summary>So many satisfied and dissatisfied answers to the question of an indicator.</summary>
    public async Task Answers(string code, int good, int bad, DateOnly? day = null, string? orgUnit = null, string channel = "mail", string? product = null)
    {
        var (survey, measure) = code switch { "a" => ("s1", "csat"), "b" => ("s2", "ces"), _ => ("s3", "csat") };
        long? unit = orgUnit is null ? null : host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_org_units WHERE code = @Code", new { Code = orgUnit }));
        await host.Add(Enumerable.Repeat(5, good).Concat(Enumerable.Repeat(1, bad)).Select(score => new ScoredAnswer(score)
        {
            Measure = measure, Question = code, Survey = survey, Day = day ?? new DateOnly(2026, 3, 10), OrgUnit = unit, Channel = channel, Product = product,
        }));
        await host.Settle();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
