using System.Text.Json;
using System.Text.Json.Nodes;
using Cem.Kernel.Security;
using Cem.Tests.Features.Customers;
using Cem.Tests.Features.Indicators;
using Cem.Tests.Features.Insights;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Journeys;

/// <summary>A host with org units, the touchpoints call, sync and renewal, an indicator on call and one on a step of the blueprint, and the journey <c>care</c>.</summary>
sealed class Atlas(CemHost host, HttpClient api) : IAsyncDisposable
{
    public const string Journey = """
        {"name": {"en": "Care", "zh-CN": "关怀"}, "stages": [
          {"code": "buy", "name": {"en": "Buy", "zh-CN": "购买"}, "goals": {"en": "A fair price", "zh-CN": "价格公道"}, "scenes": [
            {"code": "ask", "name": {"en": "Ask", "zh-CN": "咨询"}, "emotion": 1, "touchpoints": ["call"]},
            {"code": "sign", "name": {"en": "Sign", "zh-CN": "签约"}, "emotion": 0, "touchpoints": []}]},
          {"code": "use", "name": {"en": "Use", "zh-CN": "使用"}, "scenes": [
            {"code": "change", "name": {"en": "Change", "zh-CN": "变更"}, "actions": {"en": "Changes dates", "zh-CN": "改日期"}, "thoughts": {"en": "Stuck again", "zh-CN": "又卡住了"}, "emotion": -2, "momentThatMatters": true, "touchpoints": ["sync", "call"]}],
           "blueprint": {"frontStage": [{"code": "answer", "node": {"en": "Answer", "zh-CN": "应答"}, "role": {"en": "Agent", "zh-CN": "客服"}, "action": {"en": "Answers in a minute", "zh-CN": "一分钟内应答"}, "channel": "phone", "indicator": "speed"}],
             "backStage": [{"code": "free", "node": {"en": "Free orders", "zh-CN": "放行"}}, {"code": "map", "node": {"en": "Map fields", "zh-CN": "映射"}}]}}]}
        """;

    const string Library = """
        {"indicators": [
          {"code": "root", "name": {"en": "North star", "zh-CN": "北极星"}, "level": 1, "measure": {"type": "nps"}},
          {"code": "help", "name": {"en": "Help", "zh-CN": "服务"}, "level": 2, "parent": "root", "touchpoint": "call"},
          {"code": "speed", "name": {"en": "Speed", "zh-CN": "速度"}, "level": 3, "parent": "help", "measure": {"type": "csatTopBox", "survey": "s1", "question": "a"}}]}
        """;

    public CemHost Host => host;

    public HttpClient Api => api;

    public static async Task<Atlas> Open(bool journey = true)
    {
        var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.Admin);
        await api.PlantTree();
        foreach (var (index, code) in new[] { "call", "sync", "renewal" }.Index())
            await (await api.PutAsync($"/api/v1/touchpoints/{code}", Body($$"""{"name": {"en": "The {{code}}", "zh-CN": "触点{{code}}"}, "order": {{index}}}"""))).Json();
        await Shelf.PublishSurveys(api);
        await (await api.PutAsync("/api/v1/indicator-library", Body(Library))).Json();
        var atlas = new Atlas(host, api);
        if (journey)
            await (await atlas.Put("care")).Json();
        return atlas;
    }

    public Task<HttpResponseMessage> Put(string code, string? journey = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/journeys/{code}") { Content = Body(journey ?? Journey) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return api.SendAsync(request);
    }

    public async Task<JsonElement> Read(string path) => await (await api.GetAsync(path)).Json();

    /// <summary>The journey as it is now.</summary>
    public async Task<JsonElement> Definition(string code = "care") => (await Read($"/api/v1/journeys/{code}")).GetProperty("definition");

    /// <summary>The journey with changes made to its JSON.</summary>
    public static string With(Action<JsonNode> change)
    {
        var journey = JsonNode.Parse(Journey)!;
        change(journey);
        return journey.ToJsonString();
    }

    public static string Variant(string channel) => With(journey =>
    {
        journey["variantOf"] = "care";
        journey["variant"] = new JsonObject { ["channel"] = channel };
    });

    /// <summary>Promoters and detractors at a touchpoint.</summary>
    public async Task Recommend(string touchpoint, int promoters, int detractors, DateOnly? day = null, string channel = "mail", string? orgUnit = null)
    {
        long? unit = orgUnit is null ? null : host.Store.Read(reader => reader.Single<long>("SELECT id FROM customers_org_units WHERE code = @Code", new { Code = orgUnit }));
        await host.Add(Enumerable.Repeat(10, promoters).Concat(Enumerable.Repeat(0, detractors)).Select(score => new ScoredAnswer(score) { Touchpoint = touchpoint, Channel = channel, OrgUnit = unit, Day = day ?? new DateOnly(2026, 3, 10) }));
        await host.Settle();
    }

    /// <summary>Satisfied and dissatisfied answers to the question of the indicator speed.</summary>
    public async Task Rate(int good, int bad, DateOnly? day = null, string channel = "mail", string? product = null)
    {
        await host.Add(Enumerable.Repeat(5, good).Concat(Enumerable.Repeat(1, bad)).Select(score => new ScoredAnswer(score) { Measure = "csat", Question = "a", Survey = "s1", Day = day ?? new DateOnly(2026, 3, 10), Channel = channel, Product = product }));
        await host.Settle();
    }

    /// <summary>Puts the library anew from tomorrow, some fields of one indicator set.</summary>
    public Task<HttpResponseMessage> Judge(string code, string fields)
    {
        var library = JsonNode.Parse(Library)!;
        var it = library["indicators"]!.AsArray().First(it => it!["code"]!.GetValue<string>() == code)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($"{{{fields}}}")!.AsObject())
            it[name] = value!.DeepClone();
        return api.PutAsync("/api/v1/indicator-library", Body(library.ToJsonString()));
    }

    public static StringContent Body(string json) => new(json, null, "application/json");

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
