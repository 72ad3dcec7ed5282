using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Housekeeping.LoadSample;

/// <summary>The CRM of the sample company: calls this server over HTTP, with a key, as any other would.</summary>
sealed class SampleClient : IDisposable
{
    readonly HttpClient http;

    public SampleClient(Settings settings, string key)
    {
        var address = new Uri(settings.Urls.Split(';')[0].Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <exception cref="InvalidDataException">The server refused it; the sample and the server do not fit each other.</exception>
    public async Task<JsonElement> Send(HttpMethod method, string path, string body, CancellationToken ct, string mediaType = "application/json")
    {
        var (status, text) = await Try(method, path, body, ct, mediaType: mediaType);
        if (status >= 300)
            throw new InvalidDataException($"{method} {path} was refused with {status}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>Sends items in batches; every item must be taken.</summary>
    public async Task SendAll(string path, IReadOnlyList<string> items, CancellationToken ct)
    {
        const int batch = 500;
        for (var from = 0; from < items.Count; from += batch)
        {
            var answer = await Send(HttpMethod.Post, path, $"{{\"items\":[{string.Join(',', items.Skip(from).Take(batch))}]}}", ct);
            foreach (var result in answer.EnumerateObject().First(member => member.Value.ValueKind == JsonValueKind.Array).Value.EnumerateArray())
                if (result.GetProperty("status").GetInt32() >= 300)
                    throw new InvalidDataException($"{path} refused {items[from + result.GetProperty("index").GetInt32()]}: {result}");
        }
    }

    public async Task<(int Status, string Text)> Try(
        HttpMethod method, string path, string? body, CancellationToken ct, string? ifMatch = null, string? actingFor = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (actingFor is not null)
            request.Headers.Add("X-Acting-For", Uri.EscapeDataString(actingFor));
        using var answer = await http.SendAsync(request, ct);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }

    public void Dispose() => http.Dispose();
}
