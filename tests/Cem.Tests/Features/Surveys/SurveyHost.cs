using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Surveys;

/// <summary>A host with a key, and what the tests of surveys send it.</summary>
sealed class SurveyHost(CemHost host, HttpClient api) : IAsyncDisposable
{
    /// <summary>NPS with its follow-ups, and a satisfaction question.</summary>
    public const string Definition = """
        {"title": {"en": "Our help", "zh-CN": "客服体验"}, "kind": "touchpoint", "minutes": 2,
         "intro": {"en": "You asked us for help.", "zh-CN": "您联系了客服。"}, "thanks": {"en": "Thank you.", "zh-CN": "感谢反馈。"},
         "pages": [{"questions": [
          {"id": "sat", "type": "csat", "scale": 3, "text": {"en": "How satisfied are you?", "zh-CN": "您满意吗？"}, "required": true},
          {"id": "parts", "type": "multipleChoice", "text": {"en": "What was wrong?", "zh-CN": "哪里不好？"}, "options": [
            {"code": "slow", "text": {"en": "Slow", "zh-CN": "慢"}}, {"code": "rude", "text": {"en": "Rude", "zh-CN": "态度差"}}], "showWhen": {"question": "sat", "atMost": 2}},
          {"id": "nps", "type": "nps", "text": {"en": "Would you recommend us?", "zh-CN": "您会推荐我们吗？"}, "followUps": true}]}]}
        """;

    public CemHost Host => host;

    public HttpClient Api => api;

    public static async Task<SurveyHost> Run()
    {
        var host = await CemHost.Run();
        return new SurveyHost(host, await host.WithKey(Scopes.Admin));
    }

    public Task<HttpResponseMessage> Put(string path, string json, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return api.SendAsync(request);
    }

    public Task<HttpResponseMessage> PutSurvey(string code, string definition = Definition, string? ifMatch = null) => Put($"/api/v1/surveys/{code}", definition, ifMatch);

    public async Task<JsonElement> Publish(string code) => await (await api.PostAsync($"/api/v1/surveys/{code}:publish", null)).Json();

    public async Task<JsonElement> Read(string path) => await (await api.GetAsync(path)).Json();

    /// <summary>Puts and publishes a survey.</summary>
    public async Task Published(string code)
    {
        await (await PutSurvey(code)).Json();
        await Publish(code);
    }

    public async Task Touchpoint(string code, int order = 1) =>
        await (await api.PutAsJsonAsync($"/api/v1/touchpoints/{code}", new { name = new Dictionary<string, string> { ["en"] = code, ["zh-CN"] = code }, order })).Json();

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
